import type { PlotSelecting } from './select/useSelection.ts';
import type { Pointing } from './tip/usePointing.ts';
import type { useGestures } from './view/useGestures.ts';

/** Who takes what happens in a plot. */
export interface PlotEventTargets {
  readonly gestures: ReturnType<typeof useGestures>;
  readonly selecting: PlotSelecting;
  readonly pointing: Pointing;
}

/** What keys do that neither select nor move. */
export interface PlotKeyActions {
  readonly isActive: () => boolean;
  readonly isBusy: () => boolean;
  toggleTable(): void;
  /** Makes a node of the selected rows; false where nothing is selected. */
  filter(event: KeyboardEvent): boolean;
}

/** Gives every event of a plot to the one that it is meant for. */
export function usePlotEvents({ gestures, selecting, pointing }: PlotEventTargets, actions: PlotKeyActions) {
  const isTaken = (event: KeyboardEvent): boolean => {
    if (isTableKey(event) && actions.isActive()) {
      actions.toggleTable();
      return true;
    }
    if (event.key === 'Enter' && actions.filter(event)) return true;
    const hasEnded = event.key === 'Escape' && (pointing.unpin() || selecting.drag.cancel());
    if (!hasEnded && !selecting.onKey(event)) return false;
    pointing.hide();
    return true;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (actions.isActive()) pointing.pressed(event);
      if (!selecting.drag.onDown(event)) gestures.drag.onDown(event);
    },
    onPointerMove: (event: PointerEvent) => {
      gestures.drag.onMove(event);
      selecting.drag.onMove(event);
      if (actions.isBusy()) pointing.hide();
      else pointing.moved(event);
    },
    onPointerUp: (event: PointerEvent) => {
      gestures.drag.onUp(event);
      selecting.drag.onUp(event);
    },
    onPointerCancel: () => {
      gestures.drag.cancel();
      selecting.drag.cancel();
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (isTaken(event)) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      gestures.onKey(event);
      if (event.defaultPrevented) pointing.hide();
      else pointing.step(event);
    },
  };
}

function isTableKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return (key === 't' || key === 'T') && !ctrlKey && !metaKey && !altKey;
}
