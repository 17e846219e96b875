import { onBeforeUnmount, shallowRef, watch, computed, type Ref } from 'vue';
import type { ViewState } from '../link/viewState.ts';
import { FAR_ZOOM } from './farText.ts';
import type { FlowNode } from './useFlowNodes.ts';
import { overlaps, visibleBox } from './visibleBox.ts';

/** So many nodes cost too little to be worth waiting for. */
const FEW = 60;
/** The others come in so many steps. */
const STEPS = 12;
/** How long what is in view may keep the others waiting. */
const LONGEST_WAIT_MS = 500;

/**
 * Lets the nodes of a large workspace come a few at a time, those in view first and the others when the page is idle, so
 * that the canvas is there and answers long before the last of them; in their order all the while.
 *
 * @param all All nodes of the document, of which the picture from afar shows all at once.
 */
export function useArrivingNodes(all: Ref<FlowNode[]>, viewport: ViewState['viewport']) {
  /** Ids of those that are there; null once nothing is left to come. */
  const arrived = shallowRef<ReadonlySet<string> | null>(new Set());
  let waiting: readonly FlowNode[] = [];
  let atATime = 0;
  let coming = 0;

  const nodes = computed<FlowNode[]>(() => {
    const ids = arrived.value;
    return ids === null ? all.value : all.value.filter(({ id }) => ids.has(id));
  });

  function begin(now: readonly FlowNode[]): void {
    if (now.length === 0) return;
    stop();
    const first = now.length <= FEW ? now : inView(now);
    waiting = now.filter((node) => !first.includes(node));
    atATime = Math.ceil(waiting.length / STEPS);
    arrived.value = waiting.length === 0 ? null : new Set(first.map(({ id }) => id));
    letComeSoon();
  }

  function letComeSoon(): void {
    if (waiting.length > 0) coming = requestIdleCallback(letCome, { timeout: LONGEST_WAIT_MS });
  }

  function letCome(): void {
    const next = waiting.slice(0, atATime);
    waiting = waiting.slice(atATime);
    arrived.value = waiting.length === 0 ? null : new Set([...(arrived.value ?? []), ...next.map(({ id }) => id)]);
    letComeSoon();
  }

  /** From afar a picture shows the nodes, so none is needed at once. */
  function inView(now: readonly FlowNode[]): readonly FlowNode[] {
    if (viewport === null || viewport.zoom < FAR_ZOOM) return [];
    const view = visibleBox(viewport, { width: innerWidth, height: innerHeight });
    return now.filter(({ position, width, height }) => overlaps({ ...position, width, height }, view));
  }

  const stop = watch(all, begin);
  begin(all.value);
  onBeforeUnmount(() => cancelIdleCallback(coming));
  return nodes;
}
