import { expect, test } from 'vitest';
import { plotKind } from '#common/plot/plotKind';
import type { PlotKind, PlotSpec } from '#common/plot/plotSpec';
import { plotProblem } from '#common/plot/validateSpec';
import {
  plotChoice,
  scalableAxes,
  withChoice,
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
const KINDS: readonly PlotKind[] = ['scatter', 'line', 'histogram', 'bars'];

for (const from of KINDS) {
  for (const to of KINDS) {
    test(`a ${from} changed into a ${to} is one and can be drawn`, () => {
      const spec = withChoice(withChoice(SCATTER, from, COLUMNS), to, COLUMNS);
      expect([plotKind(spec), plotProblem(spec, COLUMNS), spec.title]).toEqual([to, null, 'kept']);
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

test('only axes of numbers can be logarithmic', () => {
  expect(scalableAxes(withChoice(SCATTER, 'line', COLUMNS), COLUMNS)).toEqual(['x', 'y']);
  expect(scalableAxes({ ...SCATTER, x: { field: 'day' } }, COLUMNS)).toEqual(['y']);
  expect(scalableAxes(withChoice(SCATTER, 'bars', COLUMNS), COLUMNS)).toEqual([]);
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
