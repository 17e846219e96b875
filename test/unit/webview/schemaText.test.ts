import { expect, test } from 'vitest';
import type { NodeStatus } from '#common/protocol/webviewContract';
import { schemaText } from '../../../webview/canvas/schemaText.ts';

function status(columnCount: number, rowCount: number | null): NodeStatus {
  const columns = Array.from({ length: columnCount }, (_, index) => ({ name: `c${index}`, type: 'DOUBLE' }));
  const facts = { elapsedMs: null, progress: null, error: null, notices: [], source: null, fidelity: null };
  return { id: 'late', kind: 'query', state: 'done', generation: 1, rowCount, columns, isKept: false, ...facts };
}

test('a schema tells its size and every column of few', () => {
  expect(schemaText('late', status(2, 2_914_207))).toEqual({
    name: 'late',
    size: '2,914,207 rows, 2 columns',
    columns: [
      { name: 'c0', type: 'DOUBLE' },
      { name: 'c1', type: 'DOUBLE' },
    ],
    more: '',
  });
});

test('of many columns the first twelve, and how many more there are', () => {
  const { columns, more } = schemaText('late', status(1324, 1));
  expect([columns.length, columns.at(-1)?.name, more]).toEqual([12, 'c11', 'and 1,312 more']);
  expect(schemaText('late', status(12, 1)).more).toBe('');
  expect(schemaText('late', status(13, 1)).more).toBe('and 1 more');
});

test('what is not known is said', () => {
  expect(schemaText('late', status(1, null)).size).toBe('rows not counted, 1 column');
  expect(schemaText('late', undefined)).toEqual({ name: 'late', size: 'not run yet', columns: [], more: '' });
});
