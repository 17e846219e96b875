import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CATEGORICAL_SCHEMES, SEQUENTIAL_SCHEMES } from '#common/plot/colorSchemes';
import { fromRepository } from '../../../extension/build/paths.ts';
import { schemeSample } from '../../../webview/plot/schemeColors.ts';

type Rgb = readonly number[];

/** How different two colours look, by CIE76: below 10 they are hard to tell apart. */
function difference(one: Rgb, other: Rgb): number {
  const [a, b] = [labOf(one), labOf(other)];
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
}

function labOf(rgb: Rgb): readonly number[] {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const [x = 0, y = 0, z = 0] = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
  ].map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function rgbOf(css: string): Rgb {
  if (css.startsWith('#')) return [1, 3, 5].map((start) => Number.parseInt(css.slice(start, start + 2), 16));
  return (css.match(/[\d.]+/g) ?? []).map(Number);
}

function leastDifference(colors: readonly Rgb[]): number {
  const pairs = colors.flatMap((one, index) => colors.slice(index + 1).map((other) => difference(one, other)));
  return Math.min(...pairs);
}

const sheet = readFileSync(fromRepository('webview', 'plot', 'plotTheme.css'), 'utf8');

/** The eight series colours of a theme: its own, and those of all themes where it has none. */
function seriesOfTheme(selector: string): readonly Rgb[] {
  const block = (name: string) => sheet.slice(sheet.indexOf(name)).split('}')[0] ?? '';
  return Array.from({ length: 8 }, (_, index) => {
    const line = new RegExp(`--pika-plot-series-${index + 1}:.*?(#[0-9a-f]{6})`);
    return rgbOf(line.exec(block(selector))?.[1] ?? line.exec(block(':root'))?.[1] ?? '');
  });
}

describe('colours', () => {
  test.each([':root', 'body.vscode-light', 'body.vscode-high-contrast {', 'body.vscode-high-contrast-light'])(
    'of the series can be told apart under %s',
    (selector) => expect(leastDifference(seriesOfTheme(selector))).toBeGreaterThan(14),
  );
  test.each(CATEGORICAL_SCHEMES)('of %s can be told apart', (scheme) => {
    const colors = schemeSample(scheme, 8).map(rgbOf);
    expect(colors).toHaveLength(8);
    expect(leastDifference(colors)).toBeGreaterThan(14);
  });
  test.each(SEQUENTIAL_SCHEMES.filter((scheme) => scheme !== 'turbo'))(
    'of %s go from dark to bright, or back',
    (scheme) => {
      const lightness = schemeSample(scheme, 9).map((css) => labOf(rgbOf(css))[0] ?? 0);
      const rising = lightness.every((value, index) => index === 0 || value > (lightness[index - 1] ?? 0));
      const falling = lightness.every((value, index) => index === 0 || value < (lightness[index - 1] ?? 0));
      expect(rising || falling).toBe(true);
    },
  );
});
