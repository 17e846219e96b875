import { densityGrid } from '#common/plot/densityGrid';
import { codeOf, stepOf } from '#common/plot/fixedPoint';
import { FIXED_NULL, type CellAggregate, type ContinuousAxis, type PlotHeader } from '#common/plot/plotData';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { seededRandom } from '../seededRandom.ts';

/** A header with the batches that follow it. */
export interface SamplePlot {
  readonly header: PlotHeader;
  readonly batches: readonly Uint8Array[];
}

type Codes = Uint32Array<ArrayBuffer>;
type Values = readonly (number | null)[];

const SIZE_PX = { width: 560, height: 360 };
const DAY_MS = 86_400_000;

/** The plots that tests draw, by name. */
export const samplePlots: Readonly<Record<string, () => SamplePlot>> = {
  histogram,
  histogramAggregated,
  density,
  densityAggregated,
  densityMean,
  densitySum,
  points,
  line,
  lineDense,
  bars,
  manyBars,
  constant,
  empty,
};

function base(title: string, rowCount: number, drawableCount = rowCount) {
  return { title, fidelity: 'exact', sampledOneIn: 1, rowCount, drawableCount, streamId: 'sample' } as const;
}

function axis(field: string, values: Values, more: Partial<ContinuousAxis> = {}): ContinuousAxis {
  const finite = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const domain: readonly [number, number] = finite.length > 0 ? [low, high] : [0, 0];
  return {
    kind: 'quantitative',
    scale: 'linear',
    field,
    title: field,
    type: 'DOUBLE',
    domain,
    origin: domain[0],
    step: stepOf(domain),
    nullCount: values.filter((value) => value === null).length,
    infiniteCount: 0,
    ...more,
  };
}

function codes(values: Values, on: ContinuousAxis): Codes {
  return Uint32Array.from(values, (value) => (value === null ? FIXED_NULL : codeOf(value, on.domain)));
}

function batch(columns: Record<string, Uint32Array | Uint16Array>): Uint8Array {
  return tableToIPC(tableFromArrays(columns), 'stream');
}

/** The columns cut into batches of odd sizes. */
function batches(columns: Record<string, Codes>, rows: number): readonly Uint8Array[] {
  const length = Object.values(columns)[0]?.length ?? 0;
  return Array.from({ length: Math.ceil(length / rows) }, (_, index) =>
    batch(
      Object.fromEntries(
        Object.entries(columns).map(([name, all]) => [name, all.slice(index * rows, (index + 1) * rows)]),
      ),
    ),
  );
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function histogramParts(): {
  header: Extract<PlotHeader, { plotKind: 'histogram' }>;
  values: Values;
  x: ContinuousAxis;
} {
  const random = seededRandom(1);
  const values = Array.from({ length: 100_000 }, () => {
    const value = random() < 0.7 ? 390 + 35 * normal(random) : 250 + 40 * normal(random);
    return value > 100 && value < 500 ? value : null;
  });
  const x = axis('mph', values);
  const drawable = values.filter((value) => value !== null).length;
  const edges = Array.from({ length: 41 }, (_, index) => 100 + index * 10);
  const header = {
    ...base('mph', values.length, drawable),
    plotKind: 'histogram',
    strategy: 'columns',
    x,
    y: { kind: 'count', title: 'rows' },
    edges,
  } as const;
  return { header, values, x };
}

function histogram(): SamplePlot {
  const { header, values, x } = histogramParts();
  return { header, batches: batches({ x: codes(values, x) }, 33_333) };
}

function histogramAggregated(): SamplePlot {
  const { header, values } = histogramParts();
  const counts = new Map<number, number>();
  for (const value of values) {
    if (value === null) continue;
    const bin = Math.floor((value - 100) / 10);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const bins = batch({ bin: Uint32Array.from(counts.keys()), count: Uint32Array.from(counts.values()) });
  return { header: { ...header, strategy: 'aggregate', fidelity: 'aggregated' }, batches: [bins] };
}

function delays(rows: number, seed: number): { x: Values; y: Values } {
  const random = seededRandom(seed);
  const x = Array.from({ length: rows }, () =>
    random() < 0.72 ? normal(random) * 7 - 3 : -8 + Math.abs(normal(random)) * 38 + Math.abs(normal(random)) * 14,
  );
  return { x, y: x.map((delay) => delay + normal(random) * 11 - 4) };
}

function scatter(rows: number, seed: number, strategy: 'columns' | 'aggregate'): SamplePlot {
  const { x, y } = delays(rows, seed);
  const [xAxis, yAxis] = [axis('departure delay (min)', x), axis('arrival delay (min)', y)];
  const [xCodes, yCodes] = [codes(x, xAxis), codes(y, yAxis)];
  const grid = densityGrid(SIZE_PX.width, SIZE_PX.height);
  const header = {
    ...base('Arrival against departure delay', rows),
    plotKind: 'scatter',
    strategy,
    x: xAxis,
    y: yAxis,
    grid,
  } as const;
  if (strategy === 'columns') return { header, batches: batches({ x: xCodes, y: yCodes }, 70_001) };
  const cells = new Map<number, number>();
  xCodes.forEach((code, row) => {
    const cell = ((yCodes[row] ?? 0) >>> grid.shiftY) * grid.columns + (code >>> grid.shiftX);
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  });
  return {
    header,
    batches: [batch({ cell: Uint32Array.from(cells.keys()), count: Uint32Array.from(cells.values()) })],
  };
}

function density(): SamplePlot {
  return scatter(300_000, 2, 'columns');
}

function densityAggregated(): SamplePlot {
  return scatter(300_000, 2, 'aggregate');
}

/** Cells coloured by an aggregate of a third column, which some rows have no value of. */
function valueCells(cellValue: CellAggregate): SamplePlot {
  const { x, y } = delays(60_000, 6);
  const distance = x.map((delay, row) => (row % 9 === 4 ? null : 200 + 3 * (delay ?? 0) + ((y[row] ?? 0) % 17)));
  const [xAxis, yAxis] = [axis('departure delay (min)', x), axis('arrival delay (min)', y)];
  const color = axis('distance (miles)', distance);
  const header = {
    ...base('Distance by delays', x.length, distance.filter((value) => value !== null).length),
    plotKind: 'scatter',
    strategy: 'columns',
    x: xAxis,
    y: yAxis,
    grid: densityGrid(SIZE_PX.width, SIZE_PX.height),
    color,
    cellValue,
  } as const;
  const columns = { x: codes(x, xAxis), y: codes(y, yAxis), color: codes(distance, color) };
  return { header, batches: batches(columns, 20_011) };
}

function densityMean(): SamplePlot {
  return valueCells('mean');
}

function densitySum(): SamplePlot {
  return valueCells('sum');
}

function points(): SamplePlot {
  return scatter(400, 3, 'columns');
}

function constant(): SamplePlot {
  const x = Array.from({ length: 50 }, () => 7);
  const y = x.map((_, row) => row);
  const [xAxis, yAxis] = [axis('constant', x, { type: 'INTEGER' }), axis('row', y, { type: 'INTEGER' })];
  const grid = densityGrid(SIZE_PX.width, SIZE_PX.height);
  const header = {
    ...base('A constant column', 50),
    plotKind: 'scatter',
    strategy: 'columns',
    x: xAxis,
    y: yAxis,
    grid,
  } as const;
  return { header, batches: [batch({ x: codes(x, xAxis), y: codes(y, yAxis) })] };
}

function lineOf(pointsPerSeries: number, series: readonly string[]): SamplePlot {
  const random = seededRandom(4);
  const x: number[] = [];
  const y: (number | null)[] = [];
  const codesOfSeries: number[] = [];
  series.forEach((_, index) => {
    for (let step = 0; step < pointsPerSeries; step += 1) {
      const share = step / pointsPerSeries;
      x.push(Date.UTC(2001, 0, 1) + share * 365 * DAY_MS);
      const isGap = index === 1 && share > 0.4 && share < 0.46;
      const spike = random() < 0.004 ? 14 : 0;
      y.push(isGap ? null : 3 + 5 * Math.cos((share + index * 0.25) * 2 * Math.PI) + 1.5 * normal(random) + spike);
      codesOfSeries.push(index);
    }
  });
  const xAxis = axis('day', x, { kind: 'temporal', type: 'TIMESTAMP' });
  const yAxis = axis('median delay (min)', y);
  const drawable = y.filter((value) => value !== null).length;
  const header = {
    ...base('Median delay by day', x.length, drawable),
    plotKind: 'line',
    strategy: 'columns',
    x: xAxis,
    y: yAxis,
    series: [...series],
    seriesTitle: 'delay',
  } as const;
  const columns = { x: codes(x, xAxis), y: codes(y, yAxis), series: Uint16Array.from(codesOfSeries) };
  return { header, batches: [batch(columns)] };
}

function line(): SamplePlot {
  return lineOf(365, ['arrival', 'departure']);
}

function lineDense(): SamplePlot {
  return lineOf(50_000, ['arrival']);
}

function barsOf(categories: readonly (string | null)[]): SamplePlot {
  const random = seededRandom(5);
  const counts = Uint32Array.from(categories, (_, index) => Math.round((12_000 * (0.4 + random())) / (index + 1)));
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const header = {
    ...base('Flights by carrier', rows),
    plotKind: 'bars',
    strategy: 'aggregate',
    fidelity: 'aggregated',
    x: { kind: 'nominal', field: 'carrier', title: 'carrier', categories: [...categories], otherCount: 0 },
    y: { kind: 'count', title: 'rows' },
  } as const;
  return { header, batches: [batch({ category: Uint32Array.from(categories.keys()), count: counts })] };
}

function bars(): SamplePlot {
  return barsOf(['AA', 'Delta', 'United', 'US', 'WN', null]);
}

function manyBars(): SamplePlot {
  return barsOf(Array.from({ length: 30 }, (_, index) => `Carrier number ${index}`));
}

function empty(): SamplePlot {
  const values = [null, null, null];
  const x = axis('x', values);
  const header = {
    ...base('Nothing', 3, 0),
    plotKind: 'histogram',
    strategy: 'columns',
    x,
    y: { kind: 'count', title: 'rows' },
    edges: [0, 1],
  } as const;
  return { header, batches: [batch({ x: codes(values, x) })] };
}
