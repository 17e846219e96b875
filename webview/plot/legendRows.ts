import { fitNames, textWidthPx } from './axes/textWidth.ts';

/** A series in the legend, its name cut to what there is room for. */
export interface LegendEntry {
  readonly name: string;
  /** Index of the series; -1 for how many more there are. */
  readonly series: number;
  /** Of the row's left end. */
  readonly leftPx: number;
  readonly widthPx: number;
}

/** Height of one row of names. */
export const LEGEND_ROW_PX = 18;
/** Left and right of the rows. */
export const LEGEND_MARGIN_PX = 14;
/** A dot and the room around it. */
const DOT_PX = 22;
const LONGEST_NAME_PX = 190;
const SHORTEST_NAME_PX = 60;
/** Room for how many more there are. */
const REST_PX = 36;

/**
 * Names of series in rows, as whole as they fit: in one row where there is room, else in up to `mostRows`. Names are
 * cut before any is left out; the last row ends with how many more there are.
 */
export function legendRows(
  names: readonly string[],
  surfacePx: number,
  mostRows: number,
): readonly (readonly LegendEntry[])[] {
  const roomPx = surfacePx - 2 * LEGEND_MARGIN_PX;
  const longestPx = Math.min(LONGEST_NAME_PX, roomPx - DOT_PX);
  const lengths = [longestPx, (2 * longestPx) / 3, longestPx / 2, SHORTEST_NAME_PX].filter(
    (px) => px <= longestPx && px >= Math.min(SHORTEST_NAME_PX, longestPx),
  );
  const tried = lengths.map((px) => rowsOf(fitNames(names, px), roomPx));
  const fitting = tried.find((rows) => rows.length <= mostRows) ?? tried.at(-1) ?? [];
  return fitting.length <= mostRows ? fitting : withRest(fitting.slice(0, mostRows), names.length, roomPx);
}

function rowsOf(names: readonly string[], roomPx: number): readonly (readonly LegendEntry[])[] {
  const rows: LegendEntry[][] = [];
  let leftPx = Infinity;
  names.forEach((name, series) => {
    const widthPx = Math.ceil(textWidthPx(name)) + DOT_PX;
    if (leftPx + widthPx > roomPx) {
      rows.push([]);
      leftPx = 0;
    }
    rows.at(-1)?.push({ name, series, leftPx, widthPx });
    leftPx += widthPx;
  });
  return rows;
}

/** The last names make room for how many are left out; one name always stays. */
function withRest(
  rows: readonly (readonly LegendEntry[])[],
  count: number,
  roomPx: number,
): readonly (readonly LegendEntry[])[] {
  const last = rows.at(-1) ?? [];
  const kept = last.filter(({ leftPx, widthPx }, index) => index === 0 || leftPx + widthPx + REST_PX <= roomPx);
  const end = kept.at(-1);
  if (!end) return rows;
  const rest = { name: `+${count - end.series - 1}`, series: -1, leftPx: end.leftPx + end.widthPx, widthPx: REST_PX };
  return [...rows.slice(0, -1), [...kept, rest]];
}
