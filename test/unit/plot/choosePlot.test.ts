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

/** Columns as `name TYPE values`, of which `n` values number the rows; the plot of a hundred such rows. */
function checkHead(columns: readonly string[], expected: string): void {
  test(`${columns.join(', ')} → ${expected}`, () => {
    const parts = columns.map((text) => text.split(' '));
    const list = parts.map(([name = '', type = '']) => ({ name, type }));
    const valueCounts = new Map(parts.map(([name = '', , count]) => [name, count === 'n' ? 100 : Number(count)]));
    const rowNumbers = new Set(parts.filter(([, , count]) => count === 'n').map(([name = '']) => name));
    const head = { rowCount: 100, valueCounts, rowNumbers };
    const spec = choosePlot(list, { distinctCounts: new Map(), repeatsTimes: false, head });
    expect(spec && told(spec)).toBe(expected);
  });
}

describe('what the first rows hold', () => {
  checkHead(['offset DOUBLE 1', 'a DOUBLE 90', 'b DOUBLE 80'], 'point | a | b');
  checkHead(['empty DOUBLE 0', 'a DOUBLE 90'], 'bar | bin a | #');
  checkHead(['offset DOUBLE 1', 'city VARCHAR 5'], 'bar | city | #');
  checkHead(['Survived BIGINT 2', 'Pclass BIGINT 3', 'Age BIGINT 60', 'Fare DOUBLE 90'], 'point | Fare | Age');
  checkHead(['item BIGINT n', 'amount DOUBLE 90'], 'point | item | amount');
  checkHead(['item BIGINT n', 'a DOUBLE 90', 'b DOUBLE 90'], 'point | a | b');
  checkHead(['name VARCHAR 100', 'active VARCHAR 2'], 'bar | active | #');
  checkHead(['kind VARCHAR 1', 'name VARCHAR 90'], 'bar | name | #');
  checkHead(['printed DATE 1', 'day DATE 90', 'price DOUBLE 90'], 'line | day | price');
  checkHead(['printed DATE 1', 'price DOUBLE 90', 'size DOUBLE 90'], 'point | price | size');
});

describe('moments that are kept as numbers stand along x', () => {
  check(['ts:BIGINT', 'ts_ms:BIGINT', 'value:DOUBLE'], 'point | ts | value');
  check(['sales:BIGINT', 'Date:BIGINT'], 'point | Date | sales');
  check(['air_time:BIGINT', 'distance:BIGINT'], 'point | air_time | distance');
  check(['time:TIME', 'load:DOUBLE'], 'line | time | load');
  check(['time:TIME', 'day:DATE', 'load:DOUBLE'], 'line | day | load');
});
