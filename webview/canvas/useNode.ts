import { computed } from 'vue';
import type { NodeKind, PikaNode } from '#common/document/pikaDocument';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';

/** One node of a known kind with its state and what a card can do with it. */
export function useNode<K extends NodeKind>(id: string, kind: K) {
  const { session } = usePage();
  const canvas = useCanvas();
  const node = computed(() => {
    const found = session.node(id);
    // A card is removed with its node, but may be asked once more before it is.
    return found?.kind === kind ? (found as Extract<PikaNode, { kind: K }>) : null;
  });
  const status = computed(() => session.status(id));
  const isActive = computed(() => canvas.activeId.value === id);
  const isReadOnly = computed(() => session.isReadOnly);
  const isTrusted = computed(() => session.snapshot.value?.isTrusted ?? false);
  return { session, canvas, node, status, isActive, isReadOnly, isTrusted };
}
