import type { PlotHeader } from '#common/plot/plotData';
import type { Rgba } from '../gpu/passes/drawPass.ts';
import type { PlotColors } from './plotColors.ts';
import { seriesOf } from './plotFrame.ts';
import { WHOLE_PLOT, type PlotWindow } from './view/plotWindow.ts';

/** What a reader has done to a plot that its document does not hold. */
export interface PlotLook {
  readonly window: PlotWindow;
  /** The one series that is shown; null for all. */
  readonly isolated: number | null;
}

/** A plot as it is opened. */
export const FRESH_LOOK: PlotLook = { window: WHOLE_PLOT, isolated: null };

const INVISIBLE: Rgba = [0, 0, 0, 0];

/** The header with the groups of one series only, so that a stack of them begins at zero. */
export function headerOfSeries<H extends PlotHeader>(header: H, isolated: number | null): H {
  if (isolated === null || header.plotKind !== 'groups') return header;
  return { ...header, groups: header.groups.filter(({ series }) => series === isolated) };
}

/** The colours in which only one series is seen. */
export function colorsOfSeries(header: PlotHeader, colors: PlotColors, isolated: number | null): PlotColors {
  if (isolated === null) return colors;
  const series = seriesOf(header).map((_, index) =>
    index === isolated ? (colors.series[index % colors.series.length] ?? colors.bar) : INVISIBLE,
  );
  return { ...colors, series };
}
