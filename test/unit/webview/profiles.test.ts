import { effectScope } from 'vue';
import { expect, test } from 'vitest';
import { PikaError } from '../../../extension/common/base/pikaError.ts';
import { ALL_ROWS } from '../../../extension/common/table/tableView.ts';
import { useProfiles } from '../../../webview/canvas/useProfiles.ts';

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
