import { expect, test } from 'vitest';
import { columnsFound } from '../../../webview/table/columnsFound.ts';

test('a column is found by its very name before those that only hold it', () => {
  const keys = ['a number', 'M', 'max', 'm', 'sum'];
  expect(columnsFound(keys, 'm')).toEqual(['m', 'M', 'max', 'a number', 'sum']);
  expect(columnsFound(keys, '')).toEqual(['a number', 'M', 'max', 'm', 'sum']);
  expect(columnsFound(keys, 'nothing')).toEqual([]);
});
