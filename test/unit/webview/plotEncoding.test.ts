import { expect, test } from 'vitest';
import type { PlotSpec } from '#common/plot/plotSpec';
import { plotProblem } from '#common/plot/validateSpec';
import { PLOT_CHOICES, plotChoice, withChoice } from '../../../webview/canvas/plotChoices.ts';
import {
  aggregateOf,
  aggregatesOf,
  binsOf,
  isTimeAxis,
  scalableAxes,
  scaleType,
  sortingOf,
  stackingOf,
  withAggregate,
  withAxesExchanged,
  withBins,
  withSorting,
  withStacking,
  withField,
  withScale,
  withTitle,
} from '../../../webview/canvas/plotEncoding.ts';

const COLUMNS = [
  { name: 'carrier', type: 'VARCHAR' },
  { name: 'day', type: 'DATE' },
  { name: 'delay', type: 'SMALLINT' },
  { name: 'mph', type: 'DOUBLE' },
  { name: 'route', type: 'STRUCT(a INTEGER)' },
];
const SCATTER: PlotSpec = {
  mark: 'point',
  x: { field: 'delay', type: 'quantitative' },
  y: { field: 'mph', type: 'quantitative' },
  title: 'kept',
};
const CHOICES = PLOT_CHOICES.map(({ value }) => value);

for (const from of CHOICES) {
  for (const to of CHOICES) {
    test(`a ${from} changed into a ${to} is one and can be drawn`, () => {
      const spec = withChoice(withChoice(SCATTER, from, COLUMNS), to, COLUMNS);
      expect([plotChoice(spec), plotProblem(spec, COLUMNS), spec.title]).toEqual([to, null, 'kept']);
    });
  }
}

test('fields that fit are kept', () => {
  expect(withChoice(SCATTER, 'line', COLUMNS)).toEqual({ ...SCATTER, mark: 'line' });
  expect(withChoice(SCATTER, 'histogram', COLUMNS).x?.field).toBe('delay');
  expect(withChoice(SCATTER, 'bars', COLUMNS).x).toEqual({ field: 'carrier', type: 'nominal' });
});

test('a new field takes its own type and keeps the bins', () => {
  const histogram: PlotSpec = { mark: 'bar', x: { field: 'delay', type: 'quantitative', bin: true } };
  expect(withField(histogram, 'x', 'day', COLUMNS).x).toEqual({ field: 'day', type: 'temporal', bin: true });
});

test('an empty colour is removed', () => {
  const line = withField(withChoice(SCATTER, 'line', COLUMNS), 'color', 'carrier', COLUMNS);
  expect(line.color).toEqual({ field: 'carrier', type: 'nominal' });
  expect(withField(line, 'color', '', COLUMNS)).not.toHaveProperty('color');
});

test('axes of numbers, times and counts have a scale to choose', () => {
  expect(scalableAxes(withChoice(SCATTER, 'line', COLUMNS), COLUMNS)).toEqual(['x', 'y']);
  expect(scalableAxes({ ...SCATTER, x: { field: 'day' } }, COLUMNS)).toEqual(['x', 'y']);
  expect(scaleType({ ...SCATTER, x: { field: 'day' } }, 'x', COLUMNS)).toBe('utc');
  expect(scalableAxes(withChoice(SCATTER, 'bars', COLUMNS), COLUMNS)).toEqual(['y']);
  const months: PlotSpec = { mark: 'bar', x: { field: 'day', type: 'ordinal', timeUnit: 'yearmonth' } };
  expect(scalableAxes(months, COLUMNS)).toEqual(['x', 'y']);
});

test('every scale of every axis that has one can be drawn', () => {
  for (const choice of CHOICES) {
    const spec = withChoice(SCATTER, choice, COLUMNS);
    for (const axis of scalableAxes(spec, COLUMNS)) {
      const scales = isTimeAxis(spec, axis, COLUMNS)
        ? (['utc', 'time'] as const)
        : (['log', 'symlog', 'sqrt'] as const);
      const problems = scales.map((type) => plotProblem(withScale(spec, axis, type), COLUMNS));
      expect([choice, axis, ...problems]).toEqual([choice, axis, ...scales.map(() => null)]);
    }
  }
});

test('a linear scale leaves nothing behind', () => {
  const log = withScale(SCATTER, 'x', 'log');
  expect(log.x?.scale).toEqual({ type: 'log' });
  expect(withScale(log, 'x', 'linear')).toEqual(SCATTER);
});

test('an empty title leaves it to Pika', () => {
  expect(withTitle(SCATTER, '  ')).not.toHaveProperty('title');
  expect(withTitle(SCATTER, ' Speeds ').title).toBe('Speeds');
});

test('a spec that is no known plot counts as the nearest', () => {
  expect(plotChoice({ mark: 'bar' })).toBe('bars');
  expect(plotChoice({ mark: 'line' })).toBe('line');
});

test('every aggregate of every plot can be drawn', () => {
  for (const choice of CHOICES) {
    const spec = withChoice(SCATTER, choice, COLUMNS);
    for (const aggregate of aggregatesOf(spec)) {
      const next = withAggregate(spec, aggregate, COLUMNS);
      expect([choice, aggregateOf(next), plotProblem(next, COLUMNS)]).toEqual([choice, aggregate, null]);
    }
  }
});

const BARS: PlotSpec = { ...withChoice(SCATTER, 'bars', COLUMNS), color: { field: 'carrier', type: 'nominal' } };

test('series are stacked, grouped, shares or overlaid, and say so', () => {
  const ways = ['group', 'normalize', 'overlay', 'zero'] as const;
  expect(ways.map((way) => stackingOf(withStacking(BARS, way)))).toEqual(ways);
  expect(withStacking(withStacking(BARS, 'group'), 'zero')).toEqual(BARS);
});

test('bars keep their order when they are laid down', () => {
  const sorted = withAggregate(withSorting(BARS, 'largest'), 'mean', COLUMNS);
  const lying = withAxesExchanged(sorted);
  expect([lying.y?.field, sortingOf(lying), plotProblem(lying, COLUMNS)]).toEqual(['carrier', 'largest', null]);
  expect(withAxesExchanged(lying)).toEqual(sorted);
});

test('bins are a number of them or their width', () => {
  const histogram = withChoice(SCATTER, 'histogram', COLUMNS);
  const binOf = (text: string) => withBins(histogram, text).x?.bin;
  expect(['20', 'step 2.5', '', 'many'].map(binOf)).toEqual([{ maxbins: 20 }, { step: 2.5 }, true, true]);
  expect(binsOf(withBins(histogram, 'step 2.5'))).toBe('step 2.5');
});

test('cells of a scatter can be coloured by an aggregate of a number, and by none of a category', () => {
  const coloured = withField(SCATTER, 'color', 'mph', COLUMNS);
  expect([aggregatesOf(coloured), aggregateOf(coloured)]).toEqual([['none', 'mean', 'sum', 'min', 'max'], 'none']);
  const mean = withAggregate(coloured, 'mean', COLUMNS);
  expect(mean.color).toEqual({ field: 'mph', type: 'quantitative', aggregate: 'mean' });
  expect([plotProblem(mean, COLUMNS), aggregateOf(mean), plotChoice(mean)]).toEqual([null, 'mean', 'scatter']);
  expect(withAggregate(mean, 'none', COLUMNS)).toEqual(coloured);
  expect(aggregatesOf(withField(coloured, 'color', 'day', COLUMNS))).not.toContain('sum');
  expect(aggregatesOf(withField(coloured, 'color', 'carrier', COLUMNS))).toEqual([]);
  expect(withField(mean, 'color', '', COLUMNS)).toEqual(SCATTER);
  expect(plotProblem({ ...mean, color: { field: 'carrier', aggregate: 'mean' } }, COLUMNS)).toContain('carrier');
});
