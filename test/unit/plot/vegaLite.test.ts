import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { PlotSpec } from '#common/plot/plotSpec';
import { vegaLiteSpec, type VegaLiteData } from '#common/plot/vegaLite';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { fromRepository } from '../../../extension/build/paths.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

const COLUMNS: readonly ColumnInfo[] = [
  { name: 'day', type: 'TIMESTAMP' },
  { name: 'speed', type: 'DOUBLE' },
  { name: 'a.b[0]', type: 'DOUBLE' },
  { name: 'year', type: 'INTEGER' },
  { name: 'carrier', type: 'VARCHAR' },
  { name: 'it\'s "odd"', type: 'VARCHAR' },
];
const NAMED: VegaLiteData = { name: 'rows' };
const count = { aggregate: 'count' } as const;
const q = (field: string) => ({ field, type: 'quantitative' }) as const;
const n = (field: string) => ({ field, type: 'nominal' }) as const;
const t = (field: string) => ({ field, type: 'temporal' }) as const;

const SPECS: Readonly<Record<string, PlotSpec>> = {
  scatter: { mark: 'point', x: q('speed'), y: q('a.b[0]'), color: n('carrier'), size: q('speed') },
  'scatter over time, coloured by a number': { mark: 'point', x: t('day'), y: q('speed'), color: q('year') },
  'scatter with scales': {
    mark: 'point',
    x: { ...q('speed'), scale: { type: 'log' } },
    y: { ...q('speed'), scale: { type: 'log', domain: [1, 10] } },
  },
  'points with colours by name': {
    mark: 'point',
    x: { ...t('day'), scale: { type: 'time' } },
    y: { ...q('speed'), scale: { type: 'symlog' } },
    color: { ...n('carrier'), scale: { scheme: 'okabeito' } },
  },
  'a heat map with colours by name': {
    mark: 'rect',
    x: n('carrier'),
    y: n('year'),
    color: { ...count, scale: { scheme: 'magma' } },
  },
  'cells of two numbers': { mark: 'rect', x: q('speed'), y: q('year') },
  'histogram by rule': { mark: 'bar', x: { ...q('speed'), bin: true } },
  'histogram by width, stacked': {
    mark: 'bar',
    x: { ...q('speed'), bin: { step: 5 } },
    y: count,
    color: n('carrier'),
  },
  'histogram of times': { mark: 'bar', x: { ...t('day'), bin: true }, y: count },
  bars: { mark: 'bar', x: n('carrier'), y: count },
  'lying bars, sorted': { mark: 'bar', y: { ...n('carrier'), sort: '-x' }, x: { ...q('speed'), aggregate: 'median' } },
  'bars side by side': {
    mark: 'bar',
    x: n('year'),
    y: { ...q('speed'), aggregate: 'mean' },
    color: n('carrier'),
    xOffset: { field: 'carrier' },
  },
  'bars as shares': { mark: 'bar', x: n('year'), y: { ...count, stack: 'normalize' }, color: n(`it's "odd"`) },
  'bars over numbers and times': { mark: 'bar', x: q('year'), y: { ...q('speed'), aggregate: 'sum' } },
  'bars by month': { mark: 'bar', x: { ...t('day'), timeUnit: 'yearmonth' }, y: { ...q('speed'), aggregate: 'max' } },
  line: { mark: 'line', x: t('day'), y: q('speed'), color: n('carrier') },
  'cells of means': { mark: 'point', x: q('year'), y: q('speed'), color: { ...q('speed'), aggregate: 'mean' } },
  'line of means': { mark: 'line', x: q('year'), y: { ...q('speed'), aggregate: 'mean' } },
  'line of different values': { mark: 'line', x: q('year'), y: { ...n('carrier'), aggregate: 'distinct' } },
  area: { mark: 'area', x: t('day'), y: { ...q('speed'), aggregate: 'sum' }, color: n('carrier') },
  box: { mark: 'boxplot', x: n('carrier'), y: q('speed'), color: n('year') },
  'box of all rows': { mark: 'boxplot', y: q('speed') },
  'heat map of categories': {
    mark: 'rect',
    x: n('carrier'),
    y: n('year'),
    color: { ...q('speed'), aggregate: 'mean' },
  },
  'heat map of bins': { mark: 'rect', x: { ...q('speed'), bin: true }, y: { ...t('day'), bin: true } },
  distribution: { mark: 'line', x: q('a.b[0]'), y: { aggregate: 'cume_dist' }, color: n('carrier') },
};

/** What Vega-Lite warns of when it compiles a spec. */
function warningsOf(spec: PlotSpec): readonly string[] {
  const warnings: string[] = [];
  const warn = (...parts: readonly unknown[]) => {
    warnings.push(parts.join(' '));
    return logger;
  };
  const silent = () => logger;
  const logger = { level: (() => logger) as never, error: warn, warn, info: silent, debug: silent };
  compile(vegaLiteSpec(spec, COLUMNS, NAMED) as unknown as TopLevelSpec, { logger });
  return warnings;
}

describe('a plot as Vega-Lite', () => {
  test.each(Object.entries(SPECS))('compiles without a warning: %s', (_, spec) => {
    expect(warningsOf(spec)).toEqual([]);
  });

  test('keeps every word that Vega-Lite knows, and names fields as it reads them', () => {
    const spec: PlotSpec = {
      mark: 'point',
      x: { ...q('a.b[0]'), scale: { type: 'log', domain: [1, 5] }, title: 'Length (m)' },
      y: q('speed'),
      title: 'Speed',
    };
    expect(vegaLiteSpec(spec, COLUMNS, { url: 'data/a.csv', format: { type: 'csv' } })).toMatchObject({
      title: 'Speed',
      data: { url: 'data/a.csv', format: { type: 'csv' } },
      encoding: {
        x: {
          field: 'a\\.b\\[0\\]',
          type: 'quantitative',
          scale: { type: 'log', domain: [1, 5] },
          title: 'Length (m)',
        },
      },
    });
  });
});

test('colours without a field count nothing', () => {
  const spec: PlotSpec = { mark: 'point', x: q('speed'), y: q('year'), color: { scale: { scheme: 'magma' } } };
  expect(vegaLiteSpec(spec, COLUMNS, NAMED)['encoding']).not.toHaveProperty('color');
});

describe('what Vega draws of it', () => {
  let duckdb: ReferenceDuckdb;
  const file = fromRepository('node_modules', 'vega-datasets', 'data', 'movies.json');
  const movies: readonly ColumnInfo[] = [
    { name: 'IMDB Rating', type: 'DOUBLE' },
    { name: 'Major Genre', type: 'VARCHAR' },
    { name: 'Worldwide Gross', type: 'BIGINT' },
  ];
  beforeAll(async () => {
    duckdb = await ReferenceDuckdb.open();
  });

  /** Runs Vega without a screen, and reads the marks that it drew. */
  async function marksOf(spec: PlotSpec): Promise<readonly Record<string, unknown>[]> {
    const written = vegaLiteSpec(spec, movies, NAMED);
    const values = JSON.parse(readFileSync(file, 'utf8')) as readonly object[];
    const { spec: compiled } = compile({ ...written, data: { name: 'rows', values } } as unknown as TopLevelSpec);
    const view = new View(parse(compiled), { renderer: 'none' });
    await view.runAsync();
    const { root } = view.scenegraph() as unknown as { readonly root: SceneItem };
    return itemsOf(root).map(({ datum }) => datum ?? {});
  }

  test('the bars of a histogram hold the rows that DuckDB counts', async () => {
    const marks = await marksOf({ mark: 'bar', x: { ...q('IMDB Rating'), bin: { step: 0.5 } }, y: count });
    const drawn = marks.map((datum) => [
      Object.entries(datum).find(([key]) => /^bin_.*IMDB Rating$/.test(key))?.[1],
      datum['__count'],
    ]);
    const rows = await duckdb.texts(
      `SELECT floor("IMDB Rating" * 2) / 2 AS bin, count(*) FROM '${file}' WHERE "IMDB Rating" IS NOT NULL GROUP BY bin ORDER BY bin`,
    );
    const known = drawn.filter(([bin]) => typeof bin === 'number') as [number, number][];
    expect(known.toSorted(([one], [other]) => one - other)).toEqual(rows.map((row) => row.map(Number)));
  });

  test('bars have the medians that DuckDB finds', async () => {
    const marks = await marksOf({
      mark: 'bar',
      x: n('Major Genre'),
      y: { ...q('Worldwide Gross'), aggregate: 'median' },
    });
    const drawn = marks.map((datum) => [String(datum['Major Genre']), datum['median_Worldwide Gross']]);
    const rows = await duckdb.texts(
      `SELECT coalesce("Major Genre", 'null'), median("Worldwide Gross") FROM '${file}' GROUP BY "Major Genre"`,
    );
    const sorted = (all: readonly (readonly unknown[])[]) =>
      all.toSorted((one, other) => (String(one[0]) < String(other[0]) ? -1 : 1));
    expect(sorted(drawn)).toEqual(sorted(rows.map(([name, median]) => [name, Number(median)])));
  });

  test('points are the rows that have both values', async () => {
    const marks = await marksOf({ mark: 'point', x: q('IMDB Rating'), y: q('Worldwide Gross') });
    const [row] = await duckdb.texts(
      `SELECT count(*) FROM '${file}' WHERE "IMDB Rating" IS NOT NULL AND "Worldwide Gross" IS NOT NULL`,
    );
    expect(marks).toHaveLength(Number(row?.[0]));
  });
});

interface SceneItem {
  readonly name?: string;
  readonly datum?: Record<string, unknown>;
  readonly items?: readonly SceneItem[];
}

function itemsOf({ name, items = [] }: SceneItem): readonly SceneItem[] {
  if (name === 'marks') return items;
  return items.flatMap(itemsOf);
}
