import type { PlotHeader } from '#common/plot/plotData';
import { shallowRef, watch, type ShallowRef } from 'vue';
import { useAnimationFrame } from '../useAnimationFrame.ts';
import { WHOLE_PLOT, type PlotWindow } from './plotWindow.ts';
import { amend, FRESH_HISTORY, step, visit, windowOf, type WindowHistory } from './windowHistory.ts';

/** The window of a plot, and how gestures change it. */
export interface WindowControl {
  /** What is shown; follows the newest change once per animation frame. */
  readonly window: Readonly<ShallowRef<PlotWindow>>;
  /** The newest window, shown or about to be. */
  newest(): PlotWindow;
  /** Goes to a window; changes of the same gesture shortly after one another are one step of the history. */
  go(window: PlotWindow, gesture: string): void;
  /** Goes back or forward in the history. */
  step(by: -1 | 1): void;
  /** Whether there is a window to go back or forward to. */
  readonly canGo: Readonly<ShallowRef<{ readonly back: boolean; readonly forward: boolean }>>;
}

/** Steps of one gesture that are further apart are two steps of the history. */
const GESTURE_PAUSE_MS = 500;

/** The window of one plot and its history; another header begins with the whole plot. */
export function useWindow(header: () => PlotHeader | null): WindowControl {
  const window = shallowRef(WHOLE_PLOT);
  let history: WindowHistory = FRESH_HISTORY;
  let last = { gesture: '', timeMs: -Infinity };
  const canGo = shallowRef({ back: false, forward: false });
  const show = useAnimationFrame(() => (window.value = windowOf(history)));
  const keep = (next: WindowHistory) => {
    history = next;
    canGo.value = { back: next.at > 0, forward: next.at < next.windows.length - 1 };
  };

  watch(
    header,
    () => {
      keep(FRESH_HISTORY);
      window.value = WHOLE_PLOT;
    },
    { flush: 'sync' },
  );
  const go = (next: PlotWindow, gesture: string) => {
    const timeMs = performance.now();
    const isSame = gesture === last.gesture && timeMs - last.timeMs < GESTURE_PAUSE_MS;
    const after = isSame ? amend(history, next) : visit(history, next);
    if (after === history) return;
    keep(after);
    last = { gesture, timeMs };
    show();
  };
  return {
    window,
    canGo,
    newest: () => windowOf(history),
    go,
    step: (by) => {
      keep(step(history, by));
      last = { gesture: '', timeMs: -Infinity };
      show();
    },
  };
}
