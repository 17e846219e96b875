import { describe, expect, test } from 'vitest';
import { choosePlot } from '#common/plot/choosePlot';
import type { PlotSpec } from '#common/plot/plotSpec';

/** Columns as `name TYPE`; the plot as `mark x y colour`, `#` for counts. */
function check(
  columns: readonly string[],
  expected: string | null,
  distinct: Readonly<Record<string, number>> = {},
): void {
  test(`${columns.join(', ')} → ${expected ?? 'nothing'}`, () => {
    const list = columns.map((text) => {
      const at = text.lastIndexOf(':');
      return { name: text.slice(0, at), type: text.slice(at + 1) };
    });
    const spec = choosePlot(list, { distinctCounts: new Map(Object.entries(distinct)), repeatsTimes: false });
    expect(spec && told(spec)).toBe(expected);
  });
}

function told({ mark, x, y, color }: PlotSpec): string {
  const bin = x?.bin ? 'bin ' : '';
  return [mark, bin + (x?.field ?? ''), y?.field ?? '#', color?.field].filter((part) => part !== undefined).join(' | ');
}

describe('the rule', () => {
  check(['day:DATE', 'price:DOUBLE'], 'line | day | price');
  check(['price:DOUBLE', 'at:TIMESTAMP WITH TIME ZONE'], 'line | at | price');
  check(['a:DOUBLE', 'b:INTEGER'], 'point | a | b');
  check(['a:DECIMAL(18,3)', 'name:VARCHAR'], 'bar | bin a | #');
  check(['name:VARCHAR', 'other:VARCHAR'], 'bar | name | #');
  check(["colour:ENUM('a', 'b')"], 'bar | colour | #');
  check(['isOpen:BOOLEAN'], 'bar | isOpen | #');
  check(['day:DATE'], 'bar | bin day | #');
  check(['day:DATE', 'kind:VARCHAR'], 'bar | kind | #');
  check(['tags:VARCHAR[]', 'raw:BLOB', 'more:STRUCT(a INTEGER)'], null);
  check([], null);
});

describe('colour for few series', () => {
  check(['date:DATE', 'symbol:VARCHAR', 'price:DOUBLE'], 'line | date | price | symbol', { symbol: 5 });
  check(['date:DATE', 'symbol:VARCHAR', 'price:DOUBLE'], 'line | date | price', { symbol: 5000 });
  check(['date:DATE', 'symbol:VARCHAR', 'price:DOUBLE'], 'line | date | price', { symbol: 1 });
  check(['date:DATE', 'symbol:VARCHAR', 'price:DOUBLE'], 'line | date | price');
});

describe('labels and parts of dates are no measures', () => {
  check(['id:BIGINT', 'mass:DOUBLE'], 'bar | bin mass | #');
  check(['user_id:BIGINT', 'mass:DOUBLE', 'size:DOUBLE'], 'point | mass | size');
  check(['Unnamed: 0:BIGINT', 'a:BIGINT', 'b:BIGINT'], 'point | a | b');
  check(['zipCode:BIGINT', 'city:VARCHAR'], 'bar | city | #');
  check(['id:INTEGER', 'code:VARCHAR'], 'bar | code | #');
  check(['id:INTEGER', 'key:UUID'], 'bar | bin id | #');
  check(['budgetYear:BIGINT', 'value:DOUBLE', 'sex:BIGINT'], 'point | budgetYear | value');
  check(['year:BIGINT', 'people:BIGINT'], 'point | year | people');
  check(['year:BIGINT', 'sex:BIGINT', 'mass:DOUBLE', 'size:DOUBLE'], 'point | mass | size');
  check(['year:BIGINT', 'name:VARCHAR'], 'bar | bin year | #');
  check(['cylinders:BIGINT', 'mpg:DOUBLE', 'weight:DOUBLE'], 'point | mpg | weight');
});

describe('columns named x and y keep their places', () => {
  check(['y:DOUBLE', 'z:DOUBLE', 'x:INTEGER'], 'point | x | y');
  check(['time:TIMESTAMP', 'x:DOUBLE', 'y:DOUBLE'], 'line | time | x');
});

describe('places are drawn as a map', () => {
  check(['iata:VARCHAR', 'latitude:DOUBLE', 'longitude:DOUBLE'], 'point | longitude | latitude');
  check(['pickup_lat:DOUBLE', 'fare:DOUBLE', 'pickup_lon:DOUBLE'], 'point | pickup_lon | pickup_lat');
  check(['time:TIMESTAMP', 'lat:DOUBLE', 'lon:DOUBLE', 'mag:DOUBLE'], 'line | time | mag');
  check(['time:TIMESTAMP', 'lat:DOUBLE', 'lon:DOUBLE'], 'point | lon | lat');
});

test('several rows at one time give a line through their mean', () => {
  const columns = [
    { name: 'Year', type: 'DATE' },
    { name: 'Miles_per_Gallon', type: 'DOUBLE' },
  ];
  const y = (repeatsTimes: boolean) => choosePlot(columns, { distinctCounts: new Map(), repeatsTimes })?.y;
  expect(y(true)).toEqual({ field: 'Miles_per_Gallon', type: 'quantitative', aggregate: 'mean' });
  expect(y(false)).toEqual({ field: 'Miles_per_Gallon', type: 'quantitative' });
});
