import { isSameWindow, WHOLE_PLOT, type PlotWindow } from './plotWindow.ts';

/** The windows that were shown, oldest first, and which of them is shown now. */
export interface WindowHistory {
  readonly windows: readonly [PlotWindow, ...PlotWindow[]];
  readonly at: number;
}

const MOST_WINDOWS = 100;

/** Nothing but the whole plot. */
export const FRESH_HISTORY: WindowHistory = { windows: [WHOLE_PLOT], at: 0 };

/** The window that a history shows. */
export function windowOf({ windows, at }: WindowHistory): PlotWindow {
  return windows[at] ?? WHOLE_PLOT;
}

/** Goes on to a window; what could be gone forward to before is forgotten. The same window again is no step. */
export function visit(history: WindowHistory, window: PlotWindow): WindowHistory {
  if (isSameWindow(windowOf(history), window)) return history;
  const [first, ...others] = [...history.windows.slice(0, history.at + 1), window].slice(-MOST_WINDOWS);
  return { windows: [first ?? window, ...others], at: others.length };
}

/** Puts a window in the place of the one that is shown: a gesture that goes on is one step. */
export function amend(history: WindowHistory, window: PlotWindow): WindowHistory {
  return visit(step(history, -1), window);
}

/** Goes back (-1) or forward (1) where there is such a window. */
export function step(history: WindowHistory, by: -1 | 1): WindowHistory {
  return { ...history, at: Math.min(history.windows.length - 1, Math.max(0, history.at + by)) };
}
