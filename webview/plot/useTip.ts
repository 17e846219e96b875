import type { PlotHeader } from '#common/plot/plotData';
import { shallowRef, type ShallowRef } from 'vue';
import type { PlotFrame, Pointer } from './plotFrame.ts';
import type { PlotPicture } from './plotSession.ts';
import { barTip, plotTip, type PlotTip } from './plotTip.ts';

/** What a tooltip is made from; null parts make none. */
export interface TipSubject {
  readonly header: PlotHeader | null;
  readonly frame: PlotFrame | null;
  readonly picture: PlotPicture | null;
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

  const show = (pointer: Pointer) => {
    const { header, frame, picture } = subject();
    tip.value = header && frame && picture ? plotTip(header, frame, picture, pointer) : null;
  };
  const step = (event: KeyboardEvent) => {
    const { header, frame, picture } = subject();
    const change = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (change === undefined || !header || !frame || !picture) return;
    if (header.plotKind !== 'histogram' && header.plotKind !== 'bars') return;
    event.preventDefault();
    event.stopPropagation();
    bar = Math.min(picture.counts.counts.length - 1, Math.max(0, bar + change));
    tip.value = barTip(header, frame, picture, bar);
  };
  const hide = () => {
    tip.value = null;
    bar = -1;
  };
  return { tip, pointAt: (event) => show(positionIn(event)), step, hide };
}

/** The pointer in layout pixels of the element, whatever zoom the canvas around it has. */
function positionIn(event: PointerEvent): Pointer {
  const element = event.currentTarget;
  if (!(element instanceof HTMLElement)) return { left: -1, top: -1 };
  const box = element.getBoundingClientRect();
  const zoom = box.width > 0 ? element.clientWidth / box.width : 1;
  return { left: (event.clientX - box.left) * zoom, top: (event.clientY - box.top) * zoom };
}
