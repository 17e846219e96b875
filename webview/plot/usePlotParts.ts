import type { PlotHeader } from '#common/plot/plotData';
import { computed, type ShallowRef } from 'vue';
import { axesView } from './axes/axesView.ts';
import { legendOf } from './legend.ts';
import { cssColor } from './plotColors.ts';
import { hasSeriesLegend, seriesOf } from './plotFrame.ts';
import { captionOf, emptyText, plotSummary, zoomText } from './plotText.ts';
import type { PlotState } from './usePlot.ts';
import type { PlotWindow } from './view/plotWindow.ts';

/** What is looked at of a plot. */
interface PlotLookedAt {
  readonly window: Readonly<ShallowRef<PlotWindow>>;
  /** Why a window has no more detail than the whole plot; null where nothing went wrong. */
  readonly detailFailure: Readonly<ShallowRef<string | null>>;
}

/** Everything around the marks of a plot: axes, legends, and what is said of it. */
export function usePlotParts(
  header: () => PlotHeader | null,
  { window, detailFailure }: PlotLookedAt,
  { frame, part, shown, picture, colors }: PlotState,
) {
  /** What `make` makes of the header, or `otherwise` before there is one. */
  const ofHeader = <T>(make: (present: PlotHeader) => T, otherwise: T) =>
    computed(() => {
      const present = header();
      return present ? make(present) : otherwise;
    });
  const axes = ofHeader(
    (present) => frame.value && axesView(present, frame.value, shown.value?.counts.maximum ?? null, window.value),
    null,
  );
  const legend = ofHeader((present) => {
    if (!frame.value || !colors.value) return null;
    const facts = shown.value && { ...shown.value.counts, marks: shown.value.marks };
    return legendOf(present, frame.value, facts, colors.value.density);
  }, null);
  return {
    axes,
    legend,
    /** The names of the series; null where there is none to name. */
    series: ofHeader((present) => (hasSeriesLegend(present) ? seriesOf(present) : null), null),
    seriesColors: computed(() => colors.value?.series.map(cssColor) ?? []),
    caption: ofHeader(captionOf, ''),
    zoomNote: ofHeader((present) => (part.value?.isEnlarged ? zoomText(present, detailFailure.value) : ''), ''),
    /** What stands in the place of the marks where there are none. */
    empty: ofHeader((present) => (present.drawableCount === 0 ? emptyText(present) : null), null),
    summary: ofHeader((present) => plotSummary(present, picture.value?.counts ?? null), 'Plot'),
  };
}
