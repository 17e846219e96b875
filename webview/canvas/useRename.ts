import { computed } from 'vue';
import { checkName } from '#common/document/names';
import { PikaError } from '#common/base/pikaError';
import type { PikaNode } from '#common/document/pikaDocument';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';

/** Renaming a node in its header: a plot's title, any other node's name, with the queries that read it. */
export function useRename(node: () => PikaNode) {
  const { session } = usePage();
  const canvas = useCanvas();
  const text = computed(() => {
    const each = node();
    return each.kind === 'plot' && each.spec ? (each.spec.title ?? each.id) : each.id;
  });

  function begin(): void {
    if (!session.isReadOnly) canvas.renamingId.value = node().id;
  }

  function commit(wanted: string): void {
    const each = node();
    if (each.kind === 'plot' && each.spec) {
      const spec = { ...each.spec, title: wanted };
      return canvas.report(session.call('edit', { type: 'plot', id: each.id, spec }));
    }
    const others = (session.snapshot.value?.document.nodes ?? []).map(({ id }) => id).filter((id) => id !== each.id);
    const problem = checkName(wanted, others);
    if (problem !== null) return canvas.show(new PikaError('bad-request', problem));
    const wasActive = canvas.activeId.value === each.id;
    const renamed = session.call('renameNode', { id: each.id, newId: wanted });
    canvas.report(renamed.then(() => (canvas.activeId.value = wasActive ? wanted : canvas.activeId.value)));
  }

  return { text, begin, commit };
}
