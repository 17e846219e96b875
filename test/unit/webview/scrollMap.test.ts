import { expect, test } from 'vitest';
import { clampTop, scrollFromTop, scrollMap, topFromScroll } from '../../../webview/table/scrollMap.ts';

const VIEWPORT_PX = 300;

function check(name: string, contentPx: number, expected: { physicalPx: number; last: number }): void {
  test(name, () => {
    const map = scrollMap(contentPx, VIEWPORT_PX);
    expect({ physicalPx: map.physicalPx, last: topFromScroll(map, map.maxScrollTop) }).toEqual(expected);
    for (const share of [0, 0.25, 0.5, 1]) {
      const top = share * map.maxTop;
      expect(topFromScroll(map, scrollFromTop(map, top))).toBeCloseTo(top, 3);
    }
  });
}

check('a short content is scrolled pixel by pixel', 4_000, { physicalPx: 4_000, last: 3_700 });
check('a content of many rows keeps the scroll bar below what browsers can do', 66_000_000, {
  physicalPx: 8_000_000,
  last: 65_999_700,
});
check('a content smaller than its viewport is not scrolled', 100, { physicalPx: 100, last: 0 });

test('positions outside are moved inside', () => {
  const map = scrollMap(1000, VIEWPORT_PX);
  expect([clampTop(map, -5), clampTop(map, 200), clampTop(map, 5000)]).toEqual([0, 200, 700]);
});
