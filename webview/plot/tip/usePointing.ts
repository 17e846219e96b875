import type { PlotHeader } from '#common/plot/plotData';
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { headerOfSeries, type PlotLook } from '../plotLook.ts';
import type { Pointer } from '../plotFrame.ts';
import { pointerIn } from '../pointerIn.ts';
import type { PlotTip } from '../plotTip.ts';
import type { PlotState } from '../usePlot.ts';
import { useTip } from '../useTip.ts';
import type { SelectSubject } from '../select/selectAxis.ts';
import { isSameWindow } from '../view/plotWindow.ts';
import { crosshairAt, type Crosshair } from './crosshair.ts';
import { rowTip, type PinnedTip, type RowTip } from './rowTip.ts';
import { usePointRow, type ReadPoint } from './usePointRow.ts';

/** What is pointed at. */
export interface PointingInput {
  readonly header: PlotHeader | null;
  readonly look: PlotLook;
  /** Null where there is nothing to point at. */
  readonly subject: SelectSubject | null;
  /** Whether a drag goes on, which shows no tips. */
  readonly isBusy: boolean;
  /** Whether a click keeps the values that it points at. */
  readonly canPin: boolean;
  readonly readPoint: ReadPoint | null;
}

/** A tip with the row behind it, once that is known. */
export interface ShownTip {
  readonly tip: PlotTip;
  readonly row: RowTip | null;
}

/** The tips of a plot. */
export interface Pointing {
  /** The tip at the pointer, or the one that was pinned. */
  readonly shownTip: ComputedRef<ShownTip | null>;
  readonly pinned: Readonly<ShallowRef<PinnedTip | null>>;
  readonly crosshair: ComputedRef<Crosshair | null>;
  pressed(event: PointerEvent): void;
  moved(event: PointerEvent): void;
  /** Pins what a click points at; the end of a drag is no click. */
  clicked(event: MouseEvent): void;
  step(event: KeyboardEvent): void;
  hide(): void;
  /** Whether something was pinned. */
  unpin(): boolean;
}

/** A press and release closer together than this are a click. */
const CLICK_PX = 3;

/** Tips that follow the pointer or the keys, their rows, and the one that is pinned. */
export function usePointing(input: () => PointingInput, { frame, picture, shown, pick }: PlotState): Pointing {
  const pointer = shallowRef<Pointer | null>(null);
  const pinned = shallowRef<PinnedTip | null>(null);
  let pressedAt: Pointer | null = null;

  const { tip, pointAt, step, hide } = useTip(() => {
    const { header, look } = input();
    const isCurrent = shown.value && isSameWindow(shown.value.part.window, look.window);
    return {
      header: header && headerOfSeries(header, look.isolated),
      isolated: look.isolated,
      frame: frame.value,
      picture: picture.value,
      shown: isCurrent ? shown.value : null,
    };
  }, pick);
  const pointRow = usePointRow(
    () => (input().isBusy ? null : (tip.value?.place ?? null)),
    () => input().readPoint,
    () => input().header,
  );
  const shownTip = computed((): ShownTip | null => {
    if (pinned.value) return { tip: pinned.value.tip, row: pinned.value.row && rowTip(pinned.value.row, true) };
    return tip.value && { tip: tip.value, row: pointRow.value && rowTip(pointRow.value.rows, false) };
  });
  const crosshair = computed(() => {
    const { subject, isBusy } = input();
    const at = tip.value?.place ? tip.value : pointer.value;
    return subject && at && !isBusy && !pinned.value ? crosshairAt(subject, at) : null;
  });

  return {
    shownTip,
    pinned,
    crosshair,
    pressed: (event) => (pressedAt = pointerIn(event)),
    moved: (event) => {
      pointAt(event);
      pointer.value = pointerIn(event);
    },
    clicked: (event) => {
      const at = pointerIn(event);
      const isClick = pressedAt && Math.hypot(at.left - pressedAt.left, at.top - pressedAt.top) < CLICK_PX;
      if (!isClick || !input().canPin) return;
      pinned.value = tip.value ? { tip: tip.value, row: pointRow.value?.rows ?? null } : null;
    },
    step,
    hide: () => {
      hide();
      pointer.value = null;
    },
    unpin: () => {
      const isPinned = pinned.value !== null;
      pinned.value = null;
      return isPinned;
    },
  };
}
