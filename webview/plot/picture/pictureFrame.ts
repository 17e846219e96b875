import type { PlotHeader } from '#common/plot/plotData';
import { LEGEND_MARGIN_PX, LEGEND_ROW_PX, type LegendEntry } from '../legendRows.ts';
import { plotFrame, type PlotFrame } from '../plotFrame.ts';

/** A series with its place in the picture. */
export interface PlacedEntry extends LegendEntry {
  /** The dot's left end, and the baseline of the name. */
  readonly left: number;
  readonly baseline: number;
}

/** Where everything of a picture lies, in CSS pixels: a title, a legend of the series, and the plot below them. */
export interface PictureFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly title: string | null;
  readonly entries: readonly PlacedEntry[];
  /** How far down the plot begins. */
  readonly offsetPx: number;
  readonly plot: PlotFrame;
}

const TITLE_PX = 28;
/** From the top of a legend's row to the baseline of its names. */
const BASELINE_PX = LEGEND_ROW_PX / 2 + 5;

/** Plans a picture. */
export function pictureFrame(
  header: PlotHeader,
  size: { readonly widthPx: number; readonly heightPx: number },
  title: string | null,
): PictureFrame {
  const offsetPx = title === null ? 0 : TITLE_PX;
  const plot = plotFrame(header, size.widthPx, Math.max(1, size.heightPx - offsetPx));
  const entries = plot.legend.flatMap((row, index) =>
    row.map((entry) => ({
      ...entry,
      left: LEGEND_MARGIN_PX + entry.leftPx,
      baseline: offsetPx + index * LEGEND_ROW_PX + BASELINE_PX,
    })),
  );
  return { ...size, title, entries, offsetPx, plot };
}
