import { describe, expect, test } from 'vitest';
import { fitNames, fitText, textWidthPx } from '../../../webview/plot/axes/textWidth.ts';

const FAMILY = '👩‍👩‍👧‍👦';

describe('a text that is fitted', () => {
  test.each(['short', 'Rows', '', '数据可视化'])('stays whole where there is room: %s', (text) => {
    expect(fitText(text, textWidthPx(text))).toBe(text);
  });
  test.each(['a long name '.repeat(20), '数据可视化'.repeat(40), FAMILY.repeat(50), 'WIDE'.repeat(50)])(
    'is cut between characters as readers see them, within its room: %s',
    (text) => {
      const cut = fitText(text, 100);
      expect(textWidthPx(cut)).toBeLessThanOrEqual(100);
      expect(text.startsWith(cut.slice(0, -1))).toBe(true);
      expect(cut.slice(0, -1).length % (text.startsWith(FAMILY) ? FAMILY.length : 1)).toBe(0);
    },
  );
  test('counts wide characters as wide', () => {
    expect(textWidthPx('数据')).toBeGreaterThan(1.5 * textWidthPx('ab'));
  });
});

test('names that begin alike show where they differ, others their beginning', () => {
  expect(fitNames(['Name of the first one, 1', 'Name of the first one, 2', 'Something else, long'], 80)).toEqual([
    expect.stringMatching(/^Nam.*….*1$/),
    expect.stringMatching(/^Nam.*….*2$/),
    expect.stringMatching(/^Something.*…$/),
  ]);
});
