import { useVueFlow } from '@vue-flow/core';
import { computed, nextTick, onBeforeUnmount, watch } from 'vue';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';
import { FLOW_ID } from './flow.ts';
import { hiddenIds } from './frames.ts';
import { PlaceIndex, type Box } from './placeIndex.ts';
import { completeLayout, shownPlace } from './placement.ts';
import { visibleBox, withMargin } from './visibleBox.ts';

/** Cards that stay although they are out of view, those seen last; a workspace of no more nodes keeps all of them. */
const KEPT_CARDS = 40;
/** How much of the view's width and height around it counts as in view. */
const MARGIN = 0.25;
/** How long cards may be made in one frame. */
const FRAME_MS = 6;
const DROPPED_IN_A_FRAME = 4;
/** How long the view has to rest before cards are made or taken away: either costs more than a frame of moving. */
const REST_MS = 100;

/**
 * Gives cards to the nodes in view once it rests, a few in each frame, and takes them from those that have long been out
 * of it.
 */
export function useCards() {
  const { session } = usePage();
  const canvas = useCanvas();
  const { viewport, dimensions } = useVueFlow(FLOW_ID);
  const { cards } = canvas;
  const seen = new Set<string>();
  let frame = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;

  const places = computed(() => {
    const document = session.snapshot.value?.document;
    if (!document) return new Map<string, Box>();
    const layout = completeLayout(document);
    const hidden = hiddenIds(document, layout);
    return new Map([...layout].filter(([id]) => !hidden.has(id)).map(([id, place]) => [id, shownPlace(place)]));
  });
  const index = computed(() => new PlaceIndex(places.value));
  const areAllKept = computed(() => places.value.size <= KEPT_CARDS);

  /** Ids of the nodes that need a card now, those in the middle of the view first. */
  function wantedIds(): readonly string[] {
    const view = visibleBox(viewport.value, dimensions.value);
    if (view.width === 0 || (canvas.isFar.value && !areAllKept.value)) return [];
    const middle = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    if (areAllKept.value) return index.value.nearest(middle.x, middle.y, KEPT_CARDS);
    const inView = new Set(index.value.touching(withMargin(view, MARGIN)));
    return index.value.nearest(middle.x, middle.y, inView.size, (id) => inView.has(id));
  }

  async function work(): Promise<void> {
    frame = 0;
    const wanted = wantedIds();
    for (const id of wanted) {
      seen.delete(id);
      seen.add(id);
    }
    const startedMs = performance.now();
    for (const id of wanted) {
      if (cards.has(id)) continue;
      if (performance.now() - startedMs > FRAME_MS) {
        schedule();
        return;
      }
      cards.add(id);
      await nextTick();
    }
    if (drop(Math.max(KEPT_CARDS, wanted.length))) schedule();
  }

  /** Takes a few cards away until only so many are left. @returns Whether there are more to take. */
  function drop(leftCount: number): boolean {
    const focused = document.activeElement?.closest<HTMLElement>('[data-node-id]')?.dataset['nodeId'];
    const oldest = [...seen].filter((id) => cards.has(id) && id !== focused);
    const over = cards.size - leftCount;
    for (const id of oldest.slice(0, Math.min(over, DROPPED_IN_A_FRAME))) {
      cards.delete(id);
      seen.delete(id);
    }
    return over > DROPPED_IN_A_FRAME;
  }

  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(() => void work());
  }

  function scheduleAtRest(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    clearTimeout(resting);
    resting = setTimeout(schedule, REST_MS);
  }

  watch([dimensions, index, canvas.isFar], schedule, { immediate: true });
  watch(viewport, () => (areAllKept.value ? schedule() : scheduleAtRest()));
  /** Plots that nobody draws before they come into view. */
  const waitingIds = computed<readonly string[]>((before) => {
    const nodes = areAllKept.value ? [] : (session.snapshot.value?.document.nodes ?? []);
    const now = nodes.filter(({ id, kind }) => kind === 'plot' && !canvas.hasCard(id)).map(({ id }) => id);
    return before && before.join('\n') === now.join('\n') ? before : now;
  });
  watch(waitingIds, (nodeIds) => session.send('waitingPlots', { nodeIds }));
  watch(places, (now) => {
    for (const id of cards) if (!now.has(id)) cards.delete(id);
    for (const id of seen) if (!now.has(id)) seen.delete(id);
  });
  onBeforeUnmount(() => {
    clearTimeout(resting);
    cancelAnimationFrame(frame);
  });
}
