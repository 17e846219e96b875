import { expect, test } from 'vitest';
import { columnAt, columnLayout, fittingWidth } from '../../../webview/table/columnWidths.ts';

const layout = columnLayout(Float64Array.of(100, 80, 120));

test('columns start where the one before ends', () => {
  expect([...layout.starts]).toEqual([0, 100, 180, 300]);
});

test('a place belongs to the column that covers it', () => {
  expect([0, 99.9, 100, 179, 180, 299, 5000].map((x) => columnAt(layout, x))).toEqual([0, 0, 1, 1, 2, 2, 2]);
});

test('a fitting width grows with name and values, within reason', () => {
  const number = { name: 'x', type: 'DOUBLE' };
  const widths = [
    fittingWidth(number, []),
    fittingWidth(number, ['1234567890.123']),
    fittingWidth(number, ['x'.repeat(999)]),
  ];
  expect(widths).toEqual([68, 127, 280]);
  expect(fittingWidth({ name: 'ARR_DELAY', type: 'SMALLINT' }, [])).toBeGreaterThan(
    fittingWidth({ name: 'arr_delay', type: 'SMALLINT' }, []),
  );
});
