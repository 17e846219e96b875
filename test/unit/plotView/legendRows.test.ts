import { describe, expect, test } from 'vitest';
import { LEGEND_MARGIN_PX, legendRows } from '../../../webview/plot/legendRows.ts';

const named = (count: number, name = 'series') => Array.from({ length: count }, (_, index) => `${name} ${index}`);
const long = (count: number) => named(count, 'A series whose name goes on and on, number');

describe('the rows of a legend', () => {
  const cases = [2, 6, 9, 13, 40].flatMap((count) =>
    [160, 420, 2000].flatMap((widthPx) => [named(count), long(count)].map((names) => ({ count, widthPx, names }))),
  );
  test.each(cases)('of $count names on $widthPx px stay inside, and all names are there or counted', (each) => {
    const { names, widthPx, count } = each;
    const rows = legendRows(names, widthPx, 3);
    const ends = rows.map((row) => Math.max(...row.map((entry) => entry.leftPx + entry.widthPx)));
    expect(Math.max(...ends)).toBeLessThanOrEqual(Math.max(widthPx - 2 * LEGEND_MARGIN_PX, 120));
    expect(rows.length).toBeLessThanOrEqual(3);
    const entries = rows.flat();
    const shown = entries.filter(({ series }) => series >= 0);
    const rest = entries.find(({ series }) => series < 0);
    expect(shown.map(({ series }) => series)).toEqual(shown.map((_, index) => index));
    expect(shown.length + Number(rest?.name.slice(1) ?? 0)).toBe(count);
  });
  test('are one where the names fit, each of them whole', () => {
    expect(legendRows(['Adelie', 'Chinstrap', 'Gentoo'], 420, 3).map((row) => row.map(({ name }) => name))).toEqual([
      ['Adelie', 'Chinstrap', 'Gentoo'],
    ]);
  });
  test('tell names apart that begin alike', () => {
    const shown = legendRows(long(4), 420, 3).flat();
    expect(new Set(shown.map(({ name }) => name)).size).toBe(shown.length);
  });
});
