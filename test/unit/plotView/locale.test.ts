import { describe, expect, test } from 'vitest';
import { localeOf } from '../../../webview/plot/axes/locale.ts';

const SPACES = /[\u00a0\u202f]/g;

describe('numbers and months', () => {
  test.each([
    { language: 'en', number: '1,234,567.5', month: 'May', giga: 'B' },
    { language: 'de', number: '1.234.567,5', month: 'Mai', giga: 'G' },
    { language: 'fr', number: '1 234 567,5', month: 'mai', giga: 'G' },
    { language: 'en-IN', number: '12,34,567.5', month: 'May', giga: 'B' },
    { language: 'zh-cn', number: '1,234,567.5', month: '5月', giga: 'G' },
    { language: 'not a language', number: '1,234,567.5', month: 'May', giga: 'B' },
  ])('are written as in $language', ({ language, number, month, giga }) => {
    const locale = localeOf(language);
    expect({
      number: locale.number.format(',.1f')(1_234_567.5).replace(SPACES, ' '),
      month: locale.time.utcFormat('%b')(new Date(Date.UTC(2024, 4, 3))),
      giga: locale.giga,
    }).toEqual({ number, month, giga });
  });
  test('have a true minus', () => expect(localeOf('de').number.format(',')(-1000)).toBe('−1.000'));
});
