import { expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { plotKind } from '#common/plot/plotKind';
import type { PlotKind, PlotSpec } from '#common/plot/plotSpec';
import { plotTitle } from '#common/plot/plotTitle';
import { plotProblem, validateSpec } from '#common/plot/validateSpec';

const columns = [
  { name: 'n', type: 'DOUBLE' },
  { name: 'Day', type: 'DATE' },
  { name: 'name', type: 'VARCHAR' },
  { name: 'list', type: 'INTEGER[]' },
];

const count = { aggregate: 'count' } as const;

function check(spec: PlotSpec, expected: PlotKind, title: string): void {
  test(`${JSON.stringify(spec)} draws ${expected}`, () => {
    expect([validateSpec(spec, columns), plotTitle(spec, expected)]).toEqual([expected, title]);
  });
}

function checkFails(name: string, spec: PlotSpec, part: RegExp): void {
  test(name, () => {
    let caught: unknown;
    try {
      validateSpec(spec, columns);
    } catch (error) {
      caught = error;
    }
    expect([PikaError.is(caught, 'plot-impossible'), plotProblem(spec, columns)]).toEqual([
      true,
      expect.stringMatching(part),
    ]);
  });
}

check({ mark: 'bar', x: { field: 'n', bin: true }, y: count }, 'histogram', 'N');
check({ mark: 'bar', x: { field: 'N', bin: { maxbins: 5 } } }, 'histogram', 'N');
check({ mark: 'bar', x: { field: 'list' }, y: count }, 'bars', 'Rows per List');
check({ mark: 'point', x: { field: 'day' }, y: { field: 'n', title: 'Number' } }, 'scatter', 'Number against Day');
check({ mark: 'rect', x: { field: 'n' }, y: { field: 'n' }, title: 'My plot' }, 'scatter', 'My plot');
check({ mark: 'line', x: { field: 'Day' }, y: { field: 'n' }, color: { field: 'name' } }, 'line', 'N over Day');

const axes = { x: { field: 'n' }, y: { field: 'n' } };
checkFails(
  'a missing column is named, with those there are',
  { mark: 'point', ...axes, x: { field: 'gone' } },
  /gone.*n, Day, name, list/,
);
checkFails('texts are no numbers', { mark: 'point', ...axes, y: { field: 'name' } }, /name.*VARCHAR/);
checkFails('lists have no bins', { mark: 'bar', x: { field: 'list', bin: true }, y: count }, /list/);
checkFails('an unknown mark', { mark: 'hologram' as 'bar', ...axes }, /hologram/);
checkFails('a missing channel', { mark: 'point', x: { field: 'n' } }, /point/);
check({ mark: 'bar', x: { field: 'name' }, y: { field: 'n', aggregate: 'sum' } }, 'groups', 'Sum of N by Name');
check({ mark: 'line', x: { field: 'Day' }, y: { field: 'n', aggregate: 'mean' } }, 'groups', 'Mean N by Day');
check({ mark: 'boxplot', y: { field: 'n' } }, 'groups', 'N');
check(
  { mark: 'rect', x: { field: 'name', type: 'nominal' }, y: { field: 'n', bin: true } },
  'groups',
  'Rows by Name and N',
);
check({ mark: 'line', x: { field: 'n' }, y: { aggregate: 'cume_dist' } }, 'groups', 'Distribution of N');
checkFails(
  'sums of texts',
  { mark: 'bar', x: { field: 'n' }, y: { field: 'name', aggregate: 'sum' } },
  /name.*VARCHAR/,
);
checkFails('a missing colour field', { mark: 'line', ...axes, color: { field: 'gone' } }, /gone/);
checkFails(
  'the logarithm of times',
  { mark: 'point', ...axes, x: { field: 'Day', scale: { type: 'log' } } },
  /logarithm/,
);
const root: object = { scale: { type: 'pow' } };
checkFails(
  'unknown colours',
  { mark: 'point', ...axes, color: { scale: { scheme: 'rainbow' } } },
  /"rainbow"; it has viridis/,
);
checkFails('an unknown scale', { mark: 'point', ...axes, x: { field: 'n', ...root } }, /pow/);
checkFails(
  'an unknown scale of an aggregate',
  { mark: 'line', x: { field: 'n' }, y: { field: 'n', aggregate: 'mean', ...root } },
  /pow/,
);
checkFails('bins of no size', { mark: 'bar', x: { field: 'n', bin: { step: 0 } }, y: count }, /zero/);

test('a spec without channels draws nothing', () => expect(plotKind({ mark: 'bar' })).toBeNull());
