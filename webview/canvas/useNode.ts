import { computed } from 'vue';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';

/** The state of one node, and what its card does with it. */
export function useNode(id: string) {
  const { session } = usePage();
  const canvas = useCanvas();
  const status = computed(() => session.status(id));
  const isActive = computed(() => canvas.activeId.value === id);
  const isReadOnly = computed(() => session.isReadOnly);
  const isTrusted = computed(() => session.snapshot.value?.isTrusted ?? false);
  return { session, canvas, status, isActive, isReadOnly, isTrusted };
}
