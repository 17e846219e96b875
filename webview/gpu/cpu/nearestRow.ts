import { FIXED_NULL } from '#common/plot/plotData';
import { MOST_PARTS, placeReach, type AxisReach, type PickPlace } from '../pickPlace.ts';
import type { SelectableRows } from './selectRows.ts';

/** What a row is picked from. */
export interface PickableRows extends SelectableRows {
  /** Looked at where a place names a series. */
  readonly series?: Uint32Array;
}

/** The row nearest to a place among those within reach, of equally near ones the first; null where there is none. Twin of shaders/nearestRow.wgsl. */
export function nearestRow(batches: readonly PickableRows[], place: PickPlace): number | null {
  const reach = placeReach(place);
  if (!reach) return null;
  let nearest: number | null = null;
  let least = reach.reachSquared + 1;
  for (const { x, y, series, firstRow } of batches) {
    for (let index = 0; index < x.length; index += 1) {
      const codeX = x[index] ?? FIXED_NULL;
      const codeY = y[index] ?? FIXED_NULL;
      if (codeX === FIXED_NULL || codeY === FIXED_NULL) continue;
      if ((codeX - reach.x.low) >>> 0 > reach.x.span || (codeY - reach.y.low) >>> 0 > reach.y.span) continue;
      if (place.series !== undefined && series?.[index] !== place.series) continue;
      const across = partsTo(codeX, reach.x);
      const up = partsTo(codeY, reach.y);
      const squared = across * across + up * up;
      if (squared >= least) continue;
      least = squared;
      nearest = firstRow + index;
    }
  }
  return nearest;
}

function partsTo(code: number, { center, base, shift, factor }: AxisReach): number {
  return Math.min(MOST_PARTS, base + Math.floor(((Math.abs(code - center) >>> shift) * factor) / 2 ** 16));
}
