import { effectScope } from 'vue';
import { expect, test } from 'vitest';
import { PikaError } from '../../../extension/common/base/pikaError.ts';
import type { ColumnProfile } from '../../../extension/common/table/columnProfile.ts';
import { ALL_ROWS } from '../../../extension/common/table/tableView.ts';
import { useProfiles } from '../../../webview/canvas/useProfiles.ts';

const EMPTY_PROFILE: ColumnProfile = {
  isExact: true,
  rowCount: 0,
  nullCount: 0,
  distinctCount: 0,
  minimum: null,
  maximum: null,
  mean: null,
  standardDeviation: null,
  quantiles: [],
  bins: [],
  topValues: [],
  outlierCount: 0,
  numericTextCount: 0,
  dateTextCount: 0,
};

test('profiles that were cancelled elsewhere are asked for again only when columns come into view', async () => {
  const asked: number[] = [];
  const errors: unknown[] = [];
  const { show } = effectScope().run(() =>
    useProfiles({
      keys: () => ['a', 'b'],
      view: () => ALL_ROWS,
      ask: (column) => {
        asked.push(column);
        if (asked.length > 10) throw new Error('asked without end');
        return Promise.reject(new PikaError('cancelled', 'Cancelled.'));
      },
      onError: (error) => errors.push(error),
    }),
  ) as ReturnType<typeof useProfiles>;
  show(['a', 'b']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([0]);
  show(['b']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([0, 1]);
  expect(errors).toEqual([]);
});

test('a column whose profile fails is asked for once, and keeps no other from its own', async () => {
  const asked: number[] = [];
  const errors: unknown[] = [];
  const { profiles, show } = effectScope().run(() =>
    useProfiles({
      keys: () => ['a', 'b', 'c'],
      view: () => ALL_ROWS,
      ask: (column) => {
        asked.push(column);
        if (column === 1) return Promise.reject(new PikaError('query-failed', 'Out of range.'));
        return Promise.resolve(EMPTY_PROFILE);
      },
      onError: (error) => errors.push(error),
    }),
  ) as ReturnType<typeof useProfiles>;
  show(['a', 'b', 'c']);
  await new Promise((resolve) => setImmediate(resolve));
  show(['b', 'c']);
  await new Promise((resolve) => setImmediate(resolve));
  expect([...profiles.keys()]).toEqual(['a', 'c']);
  expect(asked).toEqual([0, 1, 2]);
  expect(errors.length).toBe(1);
});
