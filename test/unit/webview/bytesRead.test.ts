import { expect, test } from 'vitest';
import type { GraphEdge, NodeStatus, SourceFacts } from '#common/protocol/webviewContract';
import { bytesRead } from '../../../webview/canvas/bytesRead.ts';
import { source, statusOf } from '../../support/webviewHarness/scenarioParts.ts';

type Bytes = number | 'unknown' | 'remote';

function check(name: string, edges: readonly string[], bytesById: Record<string, Bytes>, expected: number | null) {
  test(name, () => {
    const graph = edges.map((edge): GraphEdge => {
      const [from = '', to = ''] = edge.split('>');
      return { from, to };
    });
    const status = (id: string): NodeStatus | undefined => {
      const bytes = bytesById[id];
      return bytes === undefined ? undefined : statusOf(source(id, `${id}.csv`), { source: factsOf(bytes) });
    };
    expect(bytesRead('q', graph, status)).toBe(expected);
  });
}

function factsOf(bytes: Bytes): SourceFacts | null {
  if (bytes === 'unknown') return null;
  const access = bytes === 'remote' ? 'remote' : 'in-place';
  const byteLength = bytes === 'remote' ? 0 : bytes;
  return { displayPath: '', byteLength, fileCount: 1, access, dialect: null };
}

check('a query reads the files of its sources', ['a>q', 'b>q'], { a: 100, b: 20 }, 120);
check('a file that is reached twice counts once', ['a>q', 'a>p', 'p>q'], { a: 100 }, 100);
check('what is read through other queries counts', ['a>p', 'p>q', 'q>later'], { a: 7 }, 7);
check('what others read does not count', ['a>q', 'b>other'], { a: 1, b: 50 }, 1);
check('a circle ends', ['q>p', 'p>q', 'a>p'], { a: 3 }, 3);
check('nothing is said while a size is unknown', ['a>q', 'b>q'], { a: 100, b: 'unknown' }, null);
check('nothing is said of what lies elsewhere', ['a>q'], { a: 'remote' }, null);
check('a query that reads no file says nothing', [], {}, null);
