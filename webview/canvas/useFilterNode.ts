import type { PlotNode } from '#common/document/pikaDocument';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';
import { addFilterNode } from './filterNode.ts';

/** A function that adds a query node of a plot's selected rows, in one undo step, and selects it. */
export function useFilterNode(node: () => PlotNode): () => void {
  const { session } = usePage();
  const canvas = useCanvas();

  async function create(): Promise<void> {
    const { selection } = canvas.plot(node().id);
    if (!selection || session.isReadOnly) return;
    // What the panel shows may be of a selection before this one, while its answer is on the way.
    const { sql } = await session.call('describeSelection', { nodeId: node().id, selection, isCounted: false });
    const document = session.snapshot.value?.document;
    if (!document) return;
    const { id, edit } = addFilterNode(document, node(), sql);
    await session.call('edit', edit);
    canvas.comingIds.value = [id];
  }
  return () => canvas.report(create());
}
