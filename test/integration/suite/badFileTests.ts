import assert from 'node:assert/strict';
import { BAD_FILES, type BadFile } from '../badFiles.ts';
import type { TestRunner } from './runner.ts';
import { documentText, filePath, nodeOfKind, openAndWait } from './workspaceFiles.ts';

/** Awkward files give rows or a message on the source node, and never harm the workspace's text. */
export function addBadFileTests(runner: TestRunner): void {
  for (const file of BAD_FILES) runner.test(`awkward file: ${file.name}`, () => check(file));
  runner.test('awkward file: one that is not there', () =>
    check({ name: 'missing.csv', expected: { codes: ['source-missing'] } }),
  );
}

async function check({ name, expected }: Pick<BadFile, 'name' | 'expected'>): Promise<void> {
  const { uri, nodes } = await openAndWait(filePath('bad', name));
  const source = nodeOfKind(nodes, 'source');
  if ('rows' in expected) {
    assert.equal(source.error, null);
    assert.equal(source.rowCount, expected.rows);
    assert.equal(nodeOfKind(nodes, 'table').state, 'done');
  } else {
    assert.equal(source.state, 'failed');
    assert.ok(source.error !== null && expected.codes.includes(source.error.code), JSON.stringify(source.error));
    assert.ok(source.error.message.length > 0);
  }
  JSON.parse(await documentText(uri));
}
