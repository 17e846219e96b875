import { expect, test } from 'vitest';
import { watchPattern } from '../../../extension/editor/watchPattern.ts';

test.each([
  ['/data/a.csv', '/data', 'a.csv'],
  ['/data/part-*.csv', '/data', 'part-*.csv'],
  ['/lake/*=*/*=*/*.parquet', '/lake', '*=*/*=*/*.parquet'],
  ['/lake/**/*.parquet', '/lake', '**/*.parquet'],
  ['/data/{a}.csv', '/data', '[{]a[}].csv'],
])('of %s the folder %s is watched for %s', (file, folder, pattern) => {
  expect(watchPattern(file)).toEqual({ folder, pattern });
});
