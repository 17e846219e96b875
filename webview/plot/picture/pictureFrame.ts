import type { PlotHeader } from '#common/plot/plotData';
import { hasSeriesLegend, LEGEND_ROW_PX, plotFrame, seriesOf, type PlotFrame } from '../plotFrame.ts';
import { seriesName } from '../seriesName.ts';

/** A series with its place in the legend. */
export interface LegendEntry {
  readonly name: string;
  readonly series: number;
  readonly left: number;
  readonly top: number;
}

/** Where everything of a picture lies, in CSS pixels: a title, a legend of all series, and the plot below them. */
export interface PictureFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly title: string | null;
  readonly entries: readonly LegendEntry[];
  /** How far down the plot begins. */
  readonly offsetPx: number;
  readonly plot: PlotFrame;
}

/** Width of a text in the picture's font. */
export type MeasureText = (text: string) => number;

export const TITLE_PX = 28;
const MARGIN_PX = 14;
const DOT_PX = 13;
const GAP_PX = 14;
const MOST_NAME_CHARACTERS = 40;
const MOST_LEGEND_SHARE = 0.3;

/** Plans a picture; a legend that would take too much of it ends with how many more there are. */
export function pictureFrame(
  header: PlotHeader,
  size: { readonly widthPx: number; readonly heightPx: number },
  title: string | null,
  measure: MeasureText,
): PictureFrame {
  const titlePx = title === null ? 0 : TITLE_PX;
  const rows = hasSeriesLegend(header) ? legendRows(header, size, measure) : [];
  // The plot itself leaves room for one row.
  const offsetPx = titlePx + Math.max(0, rows.length - 1) * LEGEND_ROW_PX;
  const plot = plotFrame(header, size.widthPx, Math.max(1, size.heightPx - offsetPx));
  const entries = rows.flatMap((row, index) =>
    row.map((entry) => ({ ...entry, top: titlePx + index * LEGEND_ROW_PX + LEGEND_ROW_PX / 2 + 5 })),
  );
  return { ...size, title, entries, offsetPx, plot };
}

type PlacedName = Omit<LegendEntry, 'top'>;

function legendRows(
  header: PlotHeader,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  measure: MeasureText,
): readonly (readonly PlacedName[])[] {
  const mostRows = Math.max(1, Math.floor((heightPx * MOST_LEGEND_SHARE) / LEGEND_ROW_PX));
  const names = seriesOf(header).map((name) => shortened(seriesName(name)));
  const widths = names.map((name) => DOT_PX + measure(name));
  const rows: PlacedName[][] = [[]];
  let left = MARGIN_PX;
  for (const [series, name] of names.entries()) {
    const width = widths[series] ?? 0;
    const isFull = left > MARGIN_PX && left + width > widthPx - MARGIN_PX;
    if (isFull && rows.length === mostRows) {
      withRest(rows, names.length);
      break;
    }
    if (isFull) {
      rows.push([]);
      left = MARGIN_PX;
    }
    rows.at(-1)?.push({ name, series, left });
    left += width + GAP_PX;
  }
  return rows;
}

/** The last name makes room for how many are left out. */
function withRest(rows: PlacedName[][], count: number): void {
  const last = rows.at(-1)?.pop();
  if (last) rows.at(-1)?.push({ ...last, name: `+${count - last.series}`, series: -1 });
}

function shortened(name: string): string {
  return name.length > MOST_NAME_CHARACTERS ? `${name.slice(0, MOST_NAME_CHARACTERS - 1)}…` : name;
}
