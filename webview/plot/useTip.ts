import { newestOnly } from '#common/base/newestOnly';
import type { PlotHeader } from '#common/plot/plotData';
import { shallowRef, type ShallowRef } from 'vue';
import type { PickPlace } from '../gpu/pickPlace.ts';
import type { PlotFrame, Pointer } from './plotFrame.ts';
import type { PickedRow } from './plotRenderer.ts';
import type { PlotPicture, ShownCounts } from './plotSession.ts';
import { barTip, isInside, plotTip, pointTip, type PlotTip, type ShownPlot } from './plotTip.ts';
import { pointerIn } from './pointerIn.ts';
import { pickPlaceAt } from './tip/pickPlaceAt.ts';

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

/**
 * A tooltip that follows the pointer, and the arrow keys from bar to bar.
 * @param pick Finds the row nearest to a place; of a stream of places the newest one is looked for as soon as the one before is found.
 */
export function useTip(
  subject: () => TipSubject,
  pick: (place: PickPlace) => Promise<PickedRow | null>,
): {
  readonly tip: Readonly<ShallowRef<PlotTip | null>>;
  readonly pointAt: (event: PointerEvent) => void;
  readonly step: (event: KeyboardEvent) => void;
  readonly hide: () => void;
} {
  const tip = shallowRef<PlotTip | null>(null);
  let bar = -1;
  /** Where the pointer is, while it is on the plot. */
  let pointed: Pointer | null = null;

  const shownPlot = (): ShownPlot | null => {
    const { header, frame, picture, shown, isolated } = subject();
    if (!header || !frame || !picture || !shown) return null;
    return { ...shown, header, frame, isolated, rowCount: picture.counts.countedRows };
  };
  const show = (pointer: Pointer) => {
    pointed = pointer;
    const plot = shownPlot();
    const isPicked = plot && (plot.marks === 'points' || plot.marks === 'line') && isInside(pointer, plot.frame.plot);
    if (isPicked) showPicked(plot, pointer);
    else tip.value = plot && plotTip(plot, pointer);
  };
  const showPicked = newestOnly(async (plot: ShownPlot, pointer: Pointer) => {
    // A renderer that was replaced meanwhile tells of no row any more.
    const row = await pick(pickPlaceAt(plot, pointer)).catch(() => null);
    const now = pointed && shownPlot();
    if (now?.part === plot.part && now.frame === plot.frame && now.isolated === plot.isolated)
      tip.value = row && pointTip(plot, row);
  });
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
    pointed = null;
    bar = -1;
  };
  return { tip, pointAt: (event) => show(pointerIn(event)), step, hide };
}
