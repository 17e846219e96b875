import { describe, expect, test } from 'vitest';
import type { ContinuousAxis } from '#common/plot/plotData';
import { axisScale, linearScale } from '../../../webview/plot/axes/axisScale.ts';
import { horizontalTicks, verticalTicks } from '../../../webview/plot/axes/axisTicks.ts';
import { formatTicks } from '../../../webview/plot/axes/formatTick.ts';
import { textWidthPx } from '../../../webview/plot/axes/textWidth.ts';
import { formatShare, formatValue } from '../../../webview/plot/axes/formatValue.ts';

const numberAxis: ContinuousAxis = {
  kind: 'quantitative',
  scale: 'linear',
  field: 'v',
  title: 'v',
  type: 'DOUBLE',
  domain: [0, 100],
  origin: 0,
  step: 100 / 0xfffffffe,
  nullCount: 0,
  infiniteCount: 0,
};
const timeAxis: ContinuousAxis = { ...numberAxis, kind: 'temporal', type: 'TIMESTAMP' };
const utc = (...parts: [number, number, number?, number?, number?, number?, number?]) => Date.UTC(...parts);

describe('number ticks', () => {
  test.each([
    { ticks: [0, 20, 40], expected: ['0', '20', '40'] },
    { ticks: [-60, 0, 60], expected: ['−60', '0', '60'] },
    { ticks: [0, 0.25, 0.5], expected: ['0', '0.25', '0.5'] },
    { ticks: [0, 5000], expected: ['0', '5000'] },
    { ticks: [0, 20_000, 100_000], expected: ['0', '20k', '100k'] },
    { ticks: [0, 1_500_000], expected: ['0', '1.5M'] },
    { ticks: [0, 2e9], expected: ['0', '2B'] },
    { ticks: [0, 2e-7, 4e-7], expected: ['0', '2e-7', '4e-7'] },
    { ticks: [1e30, 2e30], expected: ['1e+30', '2e+30'] },
    { ticks: [0.1 + 0.2], expected: ['0.3'] },
    { ticks: [0.98, 0.98002, 0.98004], expected: ['0.98', '0.98002', '0.98004'] },
    { ticks: [1_000_020, 1_000_040], expected: ['1,000,020', '1,000,040'] },
    { ticks: [-1_000_040, -1_000_020], expected: ['−1,000,040', '−1,000,020'] },
    { ticks: [999_500_000_000, 1e12], expected: ['999.5B', '1T'] },
    { ticks: [1.00001e-6, 1.00002e-6], expected: ['1.00001e-6', '1.00002e-6'] },
  ])('$ticks read $expected', ({ ticks, expected }) => {
    expect(formatTicks(linearScale([0, 1], [0, 100]), ticks)).toEqual({ labels: expected, base: '' });
  });
  test.each([
    { ticks: [1e12, 1e12 + 0.2, 1e12 + 0.4], labels: ['+0', '+0.2', '+0.4'], base: '1,000,000,000,000' },
    { ticks: [1_234_567.5, 1_234_567.75], labels: ['+0.5', '+0.75'], base: '1,234,567' },
    { ticks: [-1e12, -1e12 + 0.5], labels: ['+0', '+0.5'], base: '−1,000,000,000,000' },
    { ticks: [2 ** 53, 2 ** 53 + 10], labels: ['+2', '+12'], base: '9,007,199,254,740,990' },
  ])('that differ in digits without room are told from $base', ({ ticks, labels, base }) => {
    expect(formatTicks(linearScale([0, 1], [0, 100]), ticks)).toEqual({ labels, base });
  });
});

describe('time ticks say the coarsest unit that begins', () => {
  const scale = axisScale({ ...timeAxis, domain: [utc(2001, 0), utc(2002, 0)] }, [0, 500]);
  test.each([
    { ms: utc(2001, 0), expected: '2001' },
    { ms: utc(2001, 3), expected: 'Apr' },
    { ms: utc(2001, 3, 12), expected: '12 Apr' },
    { ms: utc(2001, 3, 12, 6, 30), expected: '06:30' },
    { ms: utc(2001, 3, 12, 6, 30, 15), expected: ':15' },
    { ms: utc(2001, 3, 12, 6, 30, 15, 250), expected: '.250' },
  ])('$expected', ({ ms, expected }) => expect(formatTicks(scale, [ms]).labels).toEqual([expected]));
});

describe('ticks', () => {
  const lengths = [40, 90, 180, 333, 700, 1600];
  test.each(lengths)('on %i px never overlap and never leave the axis', (length) => {
    for (const domain of [
      [0, 1],
      [-1e9, 1e9],
      [123_456, 123_457],
      [0.001, 0.002],
    ] as const) {
      const { ticks } = horizontalTicks(axisScale({ ...numberAxis, domain }, [0, length]), length);
      const ends = ticks.map(({ pixel, label }) => [pixel - textWidthPx(label) / 2, pixel + textWidthPx(label) / 2]);
      expect(ends.every(([start], index) => index === 0 || (start ?? 0) > (ends[index - 1]?.[1] ?? 0))).toBe(true);
      expect(ticks.every(({ pixel }) => pixel >= 0 && pixel <= length)).toBe(true);
    }
  });
  test('of a constant column surround its value', () => {
    const scale = axisScale({ ...numberAxis, domain: [7, 7], step: 0 }, [0, 100]);
    expect(scale.pixelFromData(7)).toBeCloseTo(50);
    expect(verticalTicks(scale, 100).ticks.map(({ label }) => label)).toContain('7');
  });
  test.each([
    { scale: 'symlog', domain: [-1000, 100_000], expected: ['−1000', '−10', '0', '10', '1000', '100k'] },
    { scale: 'symlog', domain: [0, 3], expected: ['0', '0.5', '1', '1.5', '2', '2.5', '3'] },
    { scale: 'sqrt', domain: [0, 100], expected: ['0', '20', '40', '60', '80', '100'] },
  ] as const)('of a $scale axis from $domain read $expected', ({ scale, domain, expected }) => {
    const { ticks } = verticalTicks(axisScale({ ...numberAxis, scale, domain }, [250, 0]), 220);
    expect(ticks.map(({ label }) => label)).toEqual(expected);
    expect(ticks.every(({ pixel }) => pixel >= 0 && pixel <= 250)).toBe(true);
  });
  test.each([
    {
      from: utc(2001, 0, 30, 12),
      to: utc(2001, 1, 2),
      expected: ['12:00|30 Jan 2001', '00:00|31 Jan 2001', '12:00', '00:00|1 Feb 2001', '12:00', '00:00|2 Feb 2001'],
    },
    { from: utc(2000, 9), to: utc(2001, 3), expected: ['Oct|2000', 'Nov', 'Dec', 'Jan|2001', 'Feb', 'Mar', 'Apr'] },
    { from: utc(1990, 0), to: utc(2010, 0), expected: ['1990', '1995', '2000', '2005', '2010'] },
    { from: utc(-200, 0), to: utc(400, 0), expected: ['201 BC', '101 BC', '1 BC', '100', '200', '300', '400'] },
    { from: 1e12 + 0.5, to: 1e12 + 0.504, expected: ['.000500|01:46:40', '.000501', '.000502', '.000503', '.000504'] },
  ])('of times have two levels: $expected', ({ from, to, expected }) => {
    const scale = axisScale({ ...timeAxis, domain: [from, to] }, [0, 500]);
    expect(
      horizontalTicks(scale, 500).ticks.map(({ label, detail }) => (detail ? `${label}|${detail}` : label)),
    ).toEqual(expected);
  });
  test('in a narrow plot have names at two moments at least, the others none', () => {
    const scale = axisScale({ ...timeAxis, domain: [utc(2024, 0, 31, 22), utc(2024, 1, 1, 2, 59)] }, [0, 190]);
    expect(horizontalTicks(scale, 190).ticks.map(({ label }) => label)).toEqual(['22:00', '', '00:00', '', '02:00']);
  });
  test('of times of day have no date', () => {
    const scale = axisScale({ ...timeAxis, type: 'TIME', domain: [0, utc(1970, 0, 2)] }, [0, 500]);
    const { ticks } = horizontalTicks(scale, 500);
    expect(ticks[0]).toMatchObject({ label: '00:00' });
    expect(ticks.every(({ detail }) => detail === undefined)).toBe(true);
  });
  test('of a log axis are powers of ten at equal distances', () => {
    const scale = axisScale({ ...numberAxis, scale: 'log', domain: [1, 1000] }, [0, 300]);
    expect(horizontalTicks(scale, 300).ticks.map(({ label, pixel }) => [label, Math.round(pixel)])).toEqual([
      ['1', 0],
      ['10', 100],
      ['100', 200],
      ['1000', 300],
    ]);
  });
});

describe('values', () => {
  test.each([
    { value: 57.99999997, axis: numberAxis, resolution: 1e-6, expected: '58' },
    { value: 12.3456789, axis: numberAxis, resolution: 0.01, expected: '12.35' },
    { value: 1_234_567.5, axis: numberAxis, resolution: 0.1, expected: '1,234,567.5' },
    { value: -3.4, axis: numberAxis, resolution: 0, expected: '−3.4' },
    { value: 1e18, axis: numberAxis, resolution: 0, expected: '1e+18' },
    { value: 2.5e-9, axis: numberAxis, resolution: 0, expected: '2.5e-9' },
    { value: 41.9999, axis: { ...numberAxis, type: 'INTEGER' }, resolution: 0, expected: '42' },
    { value: -41.9999, axis: { ...numberAxis, type: 'BIGINT' }, resolution: 0, expected: '−42' },
    { value: utc(2001, 3, 12) - 20, axis: { ...timeAxis, type: 'DATE' }, resolution: 0, expected: '2001-04-12' },
    { value: utc(2001, 3, 12) - 0.2, axis: timeAxis, resolution: 0.5, expected: '2001-04-12' },
    { value: utc(2001, 3, 12, 6, 30, 15, 250), axis: timeAxis, resolution: 0.1, expected: '2001-04-12 06:30:15.250' },
    { value: 1e12 + 0.125, axis: timeAxis, resolution: 1e-3, expected: '2001-09-09 01:46:40.000125' },
    { value: utc(2001, 3, 12, 6, 30, 15, 250), axis: timeAxis, resolution: 40, expected: '2001-04-12 06:30:15' },
    { value: utc(1970, 0, 1, 9, 5), axis: { ...timeAxis, type: 'TIME' }, resolution: 0, expected: '09:05:00' },
  ])('$value with resolution $resolution read $expected', ({ value, axis, resolution, expected }) => {
    expect(formatValue(value, axis, resolution)).toBe(expected);
  });
  test.each([
    { part: 1204, whole: 2_914_207, expected: '0.04 %' },
    { part: 1, whole: 2_914_207, expected: '< 0.01 %' },
    { part: 0, whole: 10, expected: '0 %' },
    { part: 0, whole: 0, expected: '0 %' },
    { part: 1, whole: 2, expected: '50 %' },
  ])('a share of $part in $whole reads $expected', ({ part, whole, expected }) => {
    expect(formatShare(part, whole)).toBe(expected);
  });
});
