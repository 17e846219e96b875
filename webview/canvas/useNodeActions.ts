import { useVueFlow } from '@vue-flow/core';
import { PikaError } from '#common/base/pikaError';
import type { DocumentEdit } from '#common/document/documentEdit';
import type { NodeLayout, PikaDocument } from '#common/document/pikaDocument';
import type { CanvasPoint } from '#common/protocol/webviewContract';
import type { Session } from '../link/session.ts';
import type { CanvasState } from './canvasState.ts';
import { pasteEdit, textOfNodes } from './clipboardNodes.ts';
import { connectNodes } from './connectNodes.ts';
import { edgesOf } from './edgesOf.ts';
import { FIT, FLOW_ID } from './flow.ts';
import { moveMs } from './moveTime.ts';
import { frameAround, membersOf, withMembers } from './frames.ts';
import { addNode, type NewNode } from './newNodes.ts';
import { completeLayout } from './placement.ts';
import { alignPlaces, distributePlaces, type Alignment, type Direction, type Places } from './selectionPlaces.ts';

export type NodeActions = ReturnType<typeof useNodeActions>;

/** Everything that keys, menus and the toolbar do with nodes; each action is one undo step. */
export function useNodeActions(session: Session, canvas: CanvasState) {
  const flow = useVueFlow(FLOW_ID);

  function current(): { document: PikaDocument; layout: ReadonlyMap<string, NodeLayout> } | null {
    const document = session.snapshot.value?.document;
    return document && !session.isReadOnly ? { document, layout: completeLayout(document) } : null;
  }

  function edit(change: DocumentEdit, newIds: readonly string[] = []): void {
    const done = session.call('edit', change).then(() => {
      if (newIds.length > 0) canvas.comingIds.value = newIds;
    });
    canvas.report(done);
  }

  function place(places: Places): void {
    if (Object.keys(places).length > 0) edit({ type: 'layout', layout: places });
  }

  function placesOf(ids: readonly string[]): Places {
    const layout = current()?.layout;
    return Object.fromEntries(ids.flatMap((id) => (layout?.has(id) ? [[id, layout.get(id) as NodeLayout]] : [])));
  }

  function remove(ids: readonly string[]): void {
    if (ids.length === 0 || session.isReadOnly) return;
    canvas.activeId.value = null;
    canvas.report(session.call('removeNodes', { ids }));
  }

  function copied(ids: readonly string[]): string | null {
    const document = session.snapshot.value?.document;
    if (!document || ids.length === 0) return null;
    const layout = completeLayout(document);
    return textOfNodes(document, layout, withMembers(document, layout, ids));
  }

  function paste(text: string, at: CanvasPoint | 'beside' = 'beside'): void {
    const now = current();
    if (!now) return;
    const pasted = pasteEdit(now.document, text, at);
    if (!pasted) return;
    if (pasted.kind === 'files') addFiles(pasted.files, at === 'beside' ? null : at);
    else edit(pasted.edit, pasted.ids);
  }

  function addFiles(files: readonly string[], at: CanvasPoint | null): void {
    canvas.report(session.call('addFiles', { files, at }).then(({ ids }) => (canvas.comingIds.value = ids)));
  }

  function duplicate(ids: readonly string[]): void {
    const text = copied(ids);
    if (text !== null) paste(text);
  }

  function add(wanted: NewNode, at: CanvasPoint | null = null): void {
    const now = current();
    if (!now) return;
    const { id, edit: addition } = addNode(now.document, wanted, at);
    edit(addition, [id]);
  }

  function frame(ids: readonly string[]): void {
    const now = current();
    if (!now) return;
    const { id, edit: addition } = addNode(now.document, { kind: 'frame' });
    const around = frameAround(Object.values(placesOf(ids)));
    edit({ ...addition, layout: { [id]: around } }, [id]);
  }

  function fitFrame(id: string): void {
    const now = current();
    if (!now) return;
    const members = membersOf(now.document, now.layout, id);
    if (members.length > 0) place({ [id]: frameAround(Object.values(placesOf(members))) });
  }

  function collapse(ids: readonly string[]): void {
    const places = Object.entries(placesOf(ids));
    const isCollapsing = places.some(([, each]) => each.collapsed !== true);
    place(Object.fromEntries(places.map(([id, each]) => [id, { ...each, collapsed: isCollapsing }])));
  }

  async function arrange(): Promise<void> {
    const { arrangePlaces } = await import('./arrange.ts');
    const now = current();
    const snapshot = session.snapshot.value;
    if (!now || !snapshot) return;
    place(arrangePlaces(now.document, now.layout, edgesOf(snapshot)));
  }

  function connect(fromId: string, toId: string): void {
    const snapshot = session.snapshot.value;
    const [from, to] = [session.node(fromId), session.node(toId)];
    if (!snapshot || !from || !to || session.isReadOnly) return;
    const columnsOf = (id: string) => (session.status(id)?.columns ?? []).map(({ name }) => name);
    const result = connectNodes({ from, to, edges: edgesOf(snapshot), columnsOf });
    if ('edit' in result) edit(result.edit, [toId]);
    else canvas.show(new PikaError('bad-request', result.problem));
  }

  function zoomTo(ids: readonly string[]): void {
    if (ids.length > 0) void flow.fitView({ ...FIT, nodes: [...ids], duration: moveMs() });
  }

  return {
    add,
    addFiles,
    align: (ids: readonly string[], alignment: Alignment) => place(alignPlaces(placesOf(ids), alignment)),
    arrange: () => canvas.report(arrange()),
    collapse,
    color: (ids: readonly string[], color: string | null) => edit({ type: 'color', ids, color }),
    connect,
    copied,
    distribute: (ids: readonly string[], direction: Direction) => place(distributePlaces(placesOf(ids), direction)),
    duplicate,
    fit: () => void flow.fitView({ ...FIT, duration: moveMs() }),
    fitFrame,
    frame,
    paste,
    remove,
    zoomTo,
  };
}
