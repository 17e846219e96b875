import { computed } from 'vue';
import { usePage } from '../link/page.ts';
import type { MenuItem } from '../ui/menuItem.ts';
import { useCanvas } from './canvasState.ts';
import { addNode, dataIds, type NewNode } from './newNodes.ts';

/** What the Add menu offers for the document at hand. */
export function useAddMenu(added: (id: string) => void) {
  const { session } = usePage();
  const canvas = useCanvas();

  async function add(wanted: NewNode): Promise<void> {
    const document = session.snapshot.value?.document;
    if (!document) return;
    const { id, edit } = addNode(document, wanted);
    await session.call('edit', edit);
    added(id);
  }

  function item(label: string, icon: string, wanted: NewNode): MenuItem {
    return { label, icon, run: () => canvas.report(add(wanted)) };
  }

  const addRemote = () => canvas.report(session.call('runCommand', { command: 'addRemoteData', nodeId: null }));
  const openFile = () => canvas.report(session.call('runCommand', { command: 'openDataFile', nodeId: null }));

  /** The node that a new query reads: the active one or what it shows, else the newest that holds data. */
  function likelyData(ids: readonly string[]): string | null {
    const active = canvas.activeId.value === null ? undefined : session.node(canvas.activeId.value);
    if (active?.kind === 'source' || active?.kind === 'query') return active.id;
    if ((active?.kind === 'table' || active?.kind === 'plot') && ids.includes(active.data)) return active.data;
    return ids.at(-1) ?? null;
  }

  const items = computed<MenuItem[]>(() => {
    const document = session.snapshot.value?.document;
    const ids = document ? dataIds(document) : [];
    const group = (heading: string, icon: string, kind: 'table' | 'plot'): MenuItem[] =>
      ids.length === 0 ? [] : [{ label: heading }, ...ids.map((data) => item(data, icon, { kind, data }))];
    return [
      item('Query', 'database', { kind: 'query', data: likelyData(ids) }),
      item('Note', 'note', { kind: 'note' }),
      item('Frame', 'symbol-namespace', { kind: 'frame' }),
      { label: 'Data File…', icon: 'folder-opened', run: openFile },
      { label: 'Remote Data…', icon: 'cloud', run: addRemote },
      ...group('Table of', 'table', 'table'),
      ...group('Plot of', 'graph-scatter', 'plot'),
    ];
  });

  return { items };
}
