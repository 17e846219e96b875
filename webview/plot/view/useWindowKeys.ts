import type { PlotHeader } from '#common/plot/plotData';
import { panBy, wheelAxes, zoomAt, type Shares } from './gestures.ts';
import { WHOLE_PLOT, type PlotLimits } from './plotWindow.ts';
import type { WindowControl } from './useWindow.ts';

/** What keys work on; null while the plot takes no input. */
export type KeySubject = () => { readonly header: PlotHeader; readonly limits: PlotLimits } | null;

const ZOOM_FACTORS: Readonly<Record<string, number>> = { '+': 1 / 1.5, '=': 1 / 1.5, '-': 1.5, _: 1.5 };
const PAN_SHARES: Readonly<Record<string, Shares>> = {
  ArrowLeft: { x: -0.1, y: 0 },
  ArrowRight: { x: 0.1, y: 0 },
  ArrowUp: { x: 0, y: 0.1 },
  ArrowDown: { x: 0, y: -0.1 },
};
const HISTORY_STEPS: Readonly<Record<string, -1 | 1>> = { ArrowLeft: -1, ArrowRight: 1 };
const readsBars = ({ plotKind }: PlotHeader): boolean => plotKind === 'histogram' || plotKind === 'bars';
const MIDDLE: Shares = { x: 0.5, y: 0.5 };

/**
 * Keys of a plot that has the focus: + and − zoom, arrows pan, 0 shows everything, Alt+Left and Alt+Right go back and
 * forward. Plain arrows go from bar to bar of a histogram and of counts; there Shift+arrow pans.
 */
export function useWindowKeys(subject: KeySubject, control: WindowControl): (event: KeyboardEvent) => void {
  const isTaken = (event: KeyboardEvent): boolean => {
    const now = subject();
    if (!now || event.ctrlKey || event.metaKey) return false;
    const { key } = event;
    if (event.altKey) return stepHistory(HISTORY_STEPS[key]);
    if (key === '0') control.go(WHOLE_PLOT, 'reset');
    else if (ZOOM_FACTORS[key] !== undefined) zoom(now, ZOOM_FACTORS[key]);
    else if (PAN_SHARES[key] && (!readsBars(now.header) || event.shiftKey)) pan(now, PAN_SHARES[key]);
    else return false;
    return true;
  };
  const stepHistory = (by: -1 | 1 | undefined): boolean => {
    if (by !== undefined) control.step(by);
    return by !== undefined;
  };
  const zoom = ({ header, limits }: NonNullable<ReturnType<KeySubject>>, factor: number) =>
    control.go(zoomAt(control.newest(), limits, wheelAxes(header, 'plot'), MIDDLE, factor), 'zoom keys');
  const pan = ({ limits }: NonNullable<ReturnType<KeySubject>>, by: Shares) =>
    control.go(panBy(control.newest(), limits, ['x', 'y'], by), 'arrow keys');
  return (event) => {
    if (!isTaken(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
