import { expect, test } from 'vitest';
import { codeOf, stepOf } from '#common/plot/fixedPoint';
import { FIXED_NULL, type ContinuousAxis, type ScatterHeader } from '#common/plot/plotData';
import { planPlot } from '../../../webview/plot/plotPlan.ts';
import { figureLines } from '../../../webview/plot/select/figureLines.ts';
import { pageFigures } from '../../../webview/plot/select/pageFigures.ts';
import { rowTestOf } from '../../../webview/plot/select/rowTestOf.ts';

function axis(field: string, domain: readonly [number, number], more: Partial<ContinuousAxis> = {}): ContinuousAxis {
  const shared = { kind: 'quantitative', title: '', type: 'DOUBLE', nullCount: 0, infiniteCount: 0 } as const;
  return { ...shared, field, domain, origin: domain[0], step: stepOf(domain), ...more };
}

const [x, y] = [axis('delay', [0, 100]), axis('distance', [0, 1000])];
const header: ScatterHeader = {
  plotKind: 'scatter',
  strategy: 'columns',
  title: 'test',
  fidelity: 'exact',
  sampledOneIn: 1,
  rowCount: 12,
  drawableCount: 11,
  streamId: 'test',
  x,
  y,
  grid: { shiftX: 26, shiftY: 26, columns: 64, rows: 64 },
  color: { kind: 'nominal', field: 'carrier', title: 'Carrier', categories: ['AA', 'UA', null], otherCount: 0 },
};
const delays = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
/** A row more, which has no place on the vertical axis. */
const columns = {
  x: Uint32Array.from([...delays, 50], (value) => codeOf(value, x.domain)),
  y: Uint32Array.from([...delays.map((value) => codeOf(value * value * 0.1, y.domain)), FIXED_NULL]),
  color: Uint32Array.from([...delays, 50], (value) => (value < 50 ? 0 : value < 90 ? 1 : 2)),
};
const batches = [0, 5].map((first) => {
  const part = (codes: Uint32Array<ArrayBuffer>) => codes.slice(first, first === 0 ? 5 : undefined);
  const parts = { x: part(columns.x), y: part(columns.y), color: part(columns.color) };
  return { rowCount: parts.x.length, columns: parts };
});

test('the figures of an interval are those of its rows', () => {
  const values = { kind: 'values', low: 20, high: 90, isHighIncluded: false } as const;
  const rows = rowTestOf({ kind: 'ranges', x: values }, header);
  if (!rows) throw new Error('no test');
  expect(figureLines(header, pageFigures(planPlot(header), batches, rows))).toEqual([
    'delay: median 50, half between 30 and 60, mean 50',
    'distance: median 250, half between 90 and 360, mean 290',
    'UA 57.14 %, AA 42.86 %',
  ]);
});

test('the figures of a lasso are those of the rows inside', () => {
  const corners = [
    [-5, -5],
    [45, -5],
    [45, 1200],
    [-5, 1200],
  ] as const;
  const rows = rowTestOf({ kind: 'polygon', corners }, header);
  if (!rows) throw new Error('no test');
  expect(figureLines(header, pageFigures(planPlot(header), batches, rows))).toEqual([
    'delay: median 20, half between 10 and 30, mean 20',
    'distance: median 40, half between 10 and 90, mean 60',
    'AA 100 %',
  ]);
});

test('nothing is told of no rows', () => {
  const none = { kind: 'values', low: 41, high: 42, isHighIncluded: false } as const;
  const rows = rowTestOf({ kind: 'ranges', x: none }, header);
  if (!rows) throw new Error('no test');
  expect(figureLines(header, pageFigures(planPlot(header), batches, rows))).toEqual([]);
});
