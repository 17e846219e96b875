import { FIXED_NULL } from '#common/plot/plotData';
import { selectedBox, type RowSelection, type SelectedRows } from '../rowSelection.ts';

/** What a batch of rows is looked up in. */
export interface SelectableRows {
  readonly x: Uint32Array;
  readonly y: Uint32Array;
  /** Number of its first row in the whole column. */
  readonly firstRow: number;
}

const BITS_PER_WORD = 32;
/** Products of two codes err by at most 2 ** 10 in double precision, so a larger difference has the right sign. */
const SURE_DIFFERENCE = 2 ** 12;

/**
 * Numbers of the rows that a selection holds, in ascending order. Twin of shaders/selectRows.wgsl.
 * @param batches In the order of their rows; `y` is `x` itself where only one axis is looked at.
 * @param most How many numbers are given at most; all rows are counted.
 */
export function selectRows(batches: readonly SelectableRows[], selection: RowSelection, most = Infinity): SelectedRows {
  const rows: number[] = [];
  let count = 0;
  const box = selectedBox(selection);
  if (!box) return { count, rows: Uint32Array.from(rows) };
  const { polygon, mask } = selection;
  for (const { x, y, firstRow } of batches) {
    for (let index = 0; index < x.length; index += 1) {
      const codeX = x[index] ?? FIXED_NULL;
      const codeY = y[index] ?? FIXED_NULL;
      if (codeX === FIXED_NULL || codeY === FIXED_NULL) continue;
      if ((codeX - box.x.low) >>> 0 > box.x.span || (codeY - box.y.low) >>> 0 > box.y.span) continue;
      const row = firstRow + index;
      if (mask && !isMasked(mask, row)) continue;
      if (polygon && !isInPolygon(codeX, codeY, polygon)) continue;
      if (count < most) rows.push(row);
      count += 1;
    }
  }
  return { count, rows: Uint32Array.from(rows) };
}

function isMasked(mask: Uint32Array, row: number): boolean {
  return (((mask[Math.floor(row / BITS_PER_WORD)] ?? 0) >>> (row % BITS_PER_WORD)) & 1) === 1;
}

function isInPolygon(x: number, y: number, polygon: Uint32Array): boolean {
  let isInside = false;
  let cornerX = polygon[polygon.length - 2] ?? 0;
  let cornerY = polygon[polygon.length - 1] ?? 0;
  for (let index = 0; index < polygon.length; index += 2) {
    const nextX = polygon[index] ?? 0;
    const nextY = polygon[index + 1] ?? 0;
    if (y < cornerY !== y < nextY) {
      const isUpwards = cornerY < nextY;
      const isLeft = isUpwards
        ? isLeftOf(x, y, cornerX, cornerY, nextX, nextY)
        : isLeftOf(x, y, nextX, nextY, cornerX, cornerY);
      if (isLeft) isInside = !isInside;
    }
    cornerX = nextX;
    cornerY = nextY;
  }
  return isInside;
}

/** Whether a point lies left of the upward edge from low to high, decided exactly. */
function isLeftOf(x: number, y: number, lowX: number, lowY: number, highX: number, highY: number): boolean {
  const difference = (highX - lowX) * (y - lowY) - (x - lowX) * (highY - lowY);
  if (Math.abs(difference) > SURE_DIFFERENCE) return difference > 0;
  return BigInt(highX - lowX) * BigInt(y - lowY) > BigInt(x - lowX) * BigInt(highY - lowY);
}
