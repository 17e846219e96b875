import type { PlotHeader } from '#common/plot/plotData';
import { shallowRef, type ShallowRef } from 'vue';
import type { PlotFrame, Pointer } from './plotFrame.ts';
import type { PlotPicture, ShownCounts } from './plotSession.ts';
import { barTip, plotTip, type PlotTip, type ShownPlot } from './plotTip.ts';
import { pointerIn } from './pointerIn.ts';

/** What a tooltip is made from; null parts make none. */
export interface TipSubject {
  readonly header: PlotHeader | null;
  /** The one series that is shown; null for all. */
  readonly isolated: number | null;
  readonly frame: PlotFrame | null;
  readonly picture: PlotPicture | null;
  /** The numbers of what is on the screen. */
  readonly shown: ShownCounts | null;
}

/** A tooltip that follows the pointer, and the arrow keys from bar to bar. */
export function useTip(subject: () => TipSubject): {
  readonly tip: Readonly<ShallowRef<PlotTip | null>>;
  readonly pointAt: (event: PointerEvent) => void;
  readonly step: (event: KeyboardEvent) => void;
  readonly hide: () => void;
} {
  const tip = shallowRef<PlotTip | null>(null);
  let bar = -1;

  const shownPlot = (): ShownPlot | null => {
    const { header, frame, picture, shown, isolated } = subject();
    if (!header || !frame || !picture || !shown) return null;
    return { ...shown, header, frame, isolated, batches: picture.batches, rowCount: picture.counts.countedRows };
  };
  const show = (pointer: Pointer) => {
    const plot = shownPlot();
    tip.value = plot && plotTip(plot, pointer);
  };
  const step = (event: KeyboardEvent) => {
    const plot = shownPlot();
    const change = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (change === undefined || !plot || event.defaultPrevented) return;
    const { plotKind } = plot.header;
    if (plotKind !== 'histogram' && plotKind !== 'bars') return;
    event.preventDefault();
    event.stopPropagation();
    bar = Math.min(plot.counts.counts.length - 1, Math.max(0, bar + change));
    tip.value = barTip(plot, bar);
  };
  const hide = () => {
    tip.value = null;
    bar = -1;
  };
  return { tip, pointAt: (event) => show(pointerIn(event)), step, hide };
}
