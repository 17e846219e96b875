import { newestOnly } from '#common/base/newestOnly';
import type { NearValue, PlotRows } from '#common/protocol/plotContract';
import { shallowRef, watch, type ShallowRef } from 'vue';

/** Where a row lies that is pointed at. */
export interface PointPlace {
  readonly x: NearValue;
  readonly y: NearValue;
}

/** Reads the row at a place. */
export type ReadPoint = (place: PointPlace) => Promise<PlotRows>;

/** The row that is pointed at, with the place it was read for. */
export interface PointRow {
  readonly place: PointPlace;
  readonly rows: PlotRows;
}

const MOST_KEPT = 300;

/**
 * Reads the row under the pointer: never more than one read at a time, of the newest place, and none twice.
 * @param generation Rows of another generation are read anew.
 */
export function usePointRow(
  place: () => PointPlace | null,
  read: () => ReadPoint | null,
  generation: () => unknown,
): Readonly<ShallowRef<PointRow | null>> {
  const row = shallowRef<PointRow | null>(null);
  const kept = new Map<string, PlotRows>();
  const keyOf = ({ x, y }: PointPlace) => `${x.value} ${y.value}`;

  const fetch = newestOnly(async (wanted: PointPlace, generationThen: unknown) => {
    // What the codes tell stands when the row cannot be read: its file may be gone.
    const rows = await read()?.(wanted).catch(() => null);
    if (!rows || generation() !== generationThen) return;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(keyOf(wanted), rows);
    const now = place();
    if (now && keyOf(now) === keyOf(wanted)) row.value = { place: now, rows };
  });

  watch(generation, () => {
    kept.clear();
    row.value = null;
  });
  watch(place, (wanted) => {
    const known = wanted && kept.get(keyOf(wanted));
    row.value = wanted && known ? { place: wanted, rows: known } : null;
    if (wanted && !known && read()) fetch(wanted, generation());
  });
  return row;
}
