import { FIXED_NULL } from '#common/plot/plotData';
import { isInPolygon, type PolygonEdge } from '#common/plot/plotSelection';
import { valueOfCode, type RowTest } from '../rowTest.ts';

/**
 * Counts the rows that are selected.
 * @param y Empty for plots of one column, whose rows are tested on `x` alone.
 */
export function countSelected(test: RowTest, x: Uint32Array, y: Uint32Array): number {
  if (y.length === 0) return countInSpan(x, test.x.low, test.x.high);
  return test.kind === 'ranges' ? countInBox(test, x, y) : countInPolygon(test, x, y);
}

function countInSpan(codes: Uint32Array, low: number, high: number): number {
  let count = 0;
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? 0;
    if (code >= low && code <= high) count += 1;
  }
  return count;
}

function countInBox({ x: across, y: up }: RowTest, x: Uint32Array, y: Uint32Array): number {
  const [xLow, xHigh, yLow, yHigh] = [across.low, across.high, up.low, up.high];
  let count = 0;
  for (let row = 0; row < x.length; row += 1) {
    const [codeX, codeY] = [x[row] ?? 0, y[row] ?? 0];
    if (codeX >= xLow && codeX <= xHigh && codeY >= yLow && codeY <= yHigh) count += 1;
  }
  return count;
}

type PolygonTest = Extract<RowTest, { kind: 'polygon' }>;

const BANDS = 512;

/** Rows are tested against the edges of their own band only, which are few however many corners there are. */
function countInPolygon(test: PolygonTest, x: Uint32Array, y: Uint32Array): number {
  const isSelected = polygonTester(test);
  let count = 0;
  for (let row = 0; row < x.length; row += 1) if (isSelected(x[row] ?? 0, y[row] ?? 0)) count += 1;
  return count;
}

function polygonTester(test: PolygonTest): (codeX: number, codeY: number) => boolean {
  const { xValues, yValues } = test;
  const [xLow, xHigh, yLow, yHigh] = [test.x.low, test.x.high, test.y.low, test.y.high];
  const bandsPerCode = BANDS / Math.max(1, yHigh - yLow + 1);
  const bands = edgesOfBands(test);
  return (codeX, codeY) => {
    if (codeX < xLow || codeX > xHigh || codeY < yLow || codeY > yHigh) return false;
    const edges = bands[Math.floor((codeY - yLow) * bandsPerCode)] ?? test.edges;
    return isInPolygon(edges, valueOfCode(codeX, xValues), valueOfCode(codeY, yValues));
  };
}

/**
 * Numbers of the rows that are selected and null on no axis, in ascending order.
 * @param y Null for plots of one column.
 */
export function selectedRowNumbers(
  test: RowTest,
  x: readonly Uint32Array[],
  y: readonly Uint32Array[] | null,
): Uint32Array<ArrayBuffer> {
  const { x: across, y: up } = test;
  const isInBox = (codeX: number, codeY: number) =>
    codeX >= across.low && codeX <= across.high && (y === null || (codeY >= up.low && codeY <= up.high));
  const isSelected = test.kind === 'polygon' ? polygonTester(test) : isInBox;
  const rows: number[] = [];
  let firstRow = 0;
  x.forEach((codes, batch) => {
    const others = y ? (y[batch] ?? codes) : codes;
    for (let row = 0; row < codes.length; row += 1) {
      const [codeX, codeY] = [codes[row] ?? FIXED_NULL, others[row] ?? FIXED_NULL];
      if (codeX !== FIXED_NULL && codeY !== FIXED_NULL && isSelected(codeX, codeY)) rows.push(firstRow + row);
    }
    firstRow += codes.length;
  });
  return Uint32Array.from(rows);
}

function edgesOfBands({ edges, y, yValues }: PolygonTest): readonly (readonly PolygonEdge[])[] {
  const codesPerBand = Math.max(1, y.high - y.low + 1) / BANDS;
  // A band is a code wider at both ends: rounding to whole values moves a row by less than that.
  const room = yValues.unit + Math.abs(yValues.step) * 2;
  return Array.from({ length: BANDS }, (_, band) => {
    const low = yValues.origin + (y.low + band * codesPerBand) * yValues.step - room;
    const high = yValues.origin + (y.low + (band + 1) * codesPerBand) * yValues.step + room;
    return edges.filter((edge) => edge.high > low && edge.low <= high);
  });
}
