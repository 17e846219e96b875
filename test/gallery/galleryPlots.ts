import type { PlotSpec } from '#common/plot/plotSpec';

/** One picture of the gallery: a plot of a file of vega-datasets. */
export interface GalleryPlot {
  readonly name: string;
  readonly file: string;
  /** The query between the file and the plot; `data` is the file. */
  readonly sql?: string;
  readonly spec: PlotSpec;
}

const q = (field: string) => ({ field, type: 'quantitative' }) as const;
const n = (field: string) => ({ field, type: 'nominal' }) as const;
const t = (field: string) => ({ field, type: 'temporal' }) as const;

/** The pictures in their order, three in a row. */
export const galleryPlots: readonly GalleryPlot[] = [
  {
    name: 'density',
    file: 'flights-3m.parquet',
    sql: 'SELECT hour(date) + minute(date) / 60 AS "time of day (h)", delay FROM data WHERE delay BETWEEN -60 AND 180',
    spec: { mark: 'point', x: q('time of day (h)'), y: q('delay'), title: 'Delay by time of day, 3 million flights' },
  },
  {
    name: 'scatter',
    file: 'cars.json',
    spec: { mark: 'point', x: q('Horsepower'), y: q('Miles_per_Gallon'), color: n('Origin'), size: q('Weight_in_lbs') },
  },
  {
    name: 'gradient',
    file: 'cars.json',
    spec: { mark: 'point', x: q('Displacement'), y: q('Weight_in_lbs'), color: q('Acceleration') },
  },
  {
    name: 'line',
    file: 'stocks.csv',
    sql: "SELECT symbol, strptime(date, '%b %-d %Y')::DATE AS date, price FROM data",
    spec: { mark: 'line', x: t('date'), y: q('price'), color: n('symbol') },
  },
  {
    name: 'mean',
    file: 'cars.json',
    spec: { mark: 'line', x: t('Year'), y: { ...q('Miles_per_Gallon'), aggregate: 'mean' }, color: n('Origin') },
  },
  {
    name: 'area',
    file: 'unemployment-across-industries.json',
    spec: { mark: 'area', x: t('date'), y: { ...q('count'), aggregate: 'sum' }, color: n('series') },
  },
  {
    name: 'histogram',
    file: 'movies.json',
    spec: { mark: 'bar', x: { ...q('IMDB Rating'), bin: true }, y: { aggregate: 'count' } },
  },
  {
    name: 'stacked',
    file: 'penguins.json',
    spec: {
      mark: 'bar',
      x: { ...q('Body Mass (g)'), bin: { maxbins: 25 } },
      y: { aggregate: 'count' },
      color: n('Species'),
    },
  },
  {
    name: 'grouped',
    file: 'penguins.json',
    spec: {
      mark: 'bar',
      x: n('Island'),
      y: { ...q('Beak Length (mm)'), aggregate: 'mean' },
      color: n('Species'),
      xOffset: { field: 'Species' },
    },
  },
  {
    name: 'ranking',
    file: 'movies.json',
    spec: { mark: 'bar', y: { ...n('Major Genre'), sort: '-x' }, x: { ...q('Worldwide Gross'), aggregate: 'median' } },
  },
  {
    name: 'box',
    file: 'penguins.json',
    spec: { mark: 'boxplot', x: n('Species'), y: q('Body Mass (g)'), color: n('Sex') },
  },
  {
    name: 'heat',
    file: 'seattle-weather.csv',
    sql: 'SELECT *, dayname(date) AS weekday, month(date) AS month FROM data',
    spec: {
      mark: 'rect',
      x: { field: 'month', type: 'ordinal' },
      y: { ...q('temp_max'), bin: true },
      color: { aggregate: 'count' },
    },
  },
  {
    name: 'ecdf',
    file: 'penguins.json',
    spec: { mark: 'line', x: q('Flipper Length (mm)'), y: { aggregate: 'cume_dist' }, color: n('Species') },
  },
  {
    name: 'shares',
    file: 'seattle-weather.csv',
    sql: 'SELECT *, month(date) AS month FROM data',
    spec: {
      mark: 'bar',
      x: { field: 'month', type: 'ordinal' },
      y: { aggregate: 'count', stack: 'normalize' },
      color: n('weather'),
    },
  },
  { name: 'bars', file: 'movies.json', spec: { mark: 'bar', x: n('Major Genre'), y: { aggregate: 'count' } } },
];
