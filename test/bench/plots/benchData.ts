import { codeOf, stepOf } from '#common/plot/fixedPoint';
import type { ContinuousAxis } from '#common/plot/plotData';
import { seededRandom } from '../../support/seededRandom.ts';

/** The rows of one contest: the same values for every contestant. */
export interface BenchData {
  readonly kind: 'scatter' | 'line';
  readonly x: Float32Array<ArrayBuffer>;
  readonly y: Float32Array<ArrayBuffer>;
}

/** A column as this project's plots get it from DuckDB. */
export interface CodedColumn {
  readonly axis: ContinuousAxis;
  readonly codes: Uint32Array<ArrayBuffer>;
}

const SEED = 20_261_127;
const WALK_STEP = 0.02;

/** Two sums of random numbers a row, so that the middle is crowded; or a random walk over even steps. */
export function benchData(kind: BenchData['kind'], rows: number): BenchData {
  const random = seededRandom(SEED);
  const x = new Float32Array(rows);
  const y = new Float32Array(rows);
  let height = 0;
  for (let row = 0; row < rows; row += 1) {
    height += (random() - 0.5) * WALK_STEP;
    x[row] = kind === 'line' ? row : random() + random();
    y[row] = kind === 'line' ? height : random() + random();
  }
  return { kind, x, y };
}

/** Values as fixed-point codes over their own range. */
export function coded(field: string, values: Float32Array): CodedColumn {
  const domain = rangeOf(values);
  const axis: ContinuousAxis = {
    kind: 'quantitative',
    scale: 'linear',
    field,
    title: field,
    type: 'DOUBLE',
    domain,
    origin: domain[0],
    step: stepOf(domain),
    nullCount: 0,
    infiniteCount: 0,
  };
  return { axis, codes: Uint32Array.from(values, (value) => codeOf(value, domain)) };
}

/** The smallest and the largest value. */
export function rangeOf(values: Float32Array): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
