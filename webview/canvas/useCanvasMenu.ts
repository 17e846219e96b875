import { useVueFlow } from '@vue-flow/core';
import type { PikaNode } from '#common/document/pikaDocument';
import type { CanvasPoint } from '#common/protocol/webviewContract';
import { usePage } from '../link/page.ts';
import type { MenuItem } from '../ui/menuItem.ts';
import { useCanvas } from './canvasState.ts';
import { FLOW_ID } from './flow.ts';
import { NODE_COLORS } from './nodeColors.ts';
import type { NodeActions } from './useNodeActions.ts';
import { keyText } from './shortcuts.ts';
import { useNodeMenu } from './useNodeMenu.ts';

/** The context menus of the canvas, of nodes and of ports; Shift+F10 and the menu key open them too. */
export function useCanvasMenu(actions: NodeActions, select: (ids: readonly string[]) => void) {
  const { session } = usePage();
  const canvas = useCanvas();
  const runItems = useNodeMenu();
  const { screenToFlowCoordinate } = useVueFlow(FLOW_ID);

  function onContextMenu(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || target?.closest('input, textarea, .cm-editor')) return;
    event.preventDefault();
    const element = target?.closest<HTMLElement>('[data-node-id]');
    const id = element?.dataset['nodeId'];
    const isByKey = event.clientX === 0 && event.clientY === 0;
    const box = isByKey ? (element ?? target)?.getBoundingClientRect() : undefined;
    const point = box ? { x: box.left + 24, y: box.top + 24 } : { x: event.clientX, y: event.clientY };
    if (id === undefined) return show(point, 'Canvas', canvasItems(screenToFlowCoordinate(point)));
    if (!canvas.selectedIds.value.includes(id)) select([id]);
    const ids = canvas.selectedIds.value.includes(id) ? canvas.selectedIds.value : [id];
    const node = session.node(id);
    if (node) show(point, id, ids.length > 1 ? manyItems(ids) : oneItems(node));
  }

  function show({ x, y }: CanvasPoint, label: string, items: readonly MenuItem[]): void {
    canvas.menu.value = { x, y, label, items };
  }

  /** What fits at the end of a line drawn out of a node. */
  function showReaders(data: string, point: CanvasPoint): void {
    const at = screenToFlowCoordinate(point);
    show(point, `Add what reads ${data}`, readerItems(data, at));
  }

  function readerItems(data: string, at: CanvasPoint | null): MenuItem[] {
    return [
      edit('Add Query', 'database', () => actions.add({ kind: 'query', data }, at)),
      edit('Add Table', 'table', () => actions.add({ kind: 'table', data }, at)),
      edit('Add Plot', 'graph-scatter', () => actions.add({ kind: 'plot', data }, at)),
    ];
  }

  function edit(label: string, icon: string, run: () => void, keys?: string): MenuItem {
    return { label, icon, run, isDisabled: session.isReadOnly, ...(keys === undefined ? {} : { keys: keyText(keys) }) };
  }

  function canvasItems(at: CanvasPoint): MenuItem[] {
    return [
      edit('Add Query', 'database', () => actions.add({ kind: 'query', data: null }, at)),
      edit('Add Note', 'note', () => actions.add({ kind: 'note' }, at)),
      edit('Add Frame', 'symbol-namespace', () => actions.add({ kind: 'frame' }, at)),
      { label: 'Canvas' },
      edit('Paste', 'clippy', () => pasteHere(at), 'Mod+V'),
      edit('Arrange', 'type-hierarchy-sub', actions.arrange),
      { label: 'Fit All', icon: 'screen-full', run: actions.fit, keys: keyText('Shift+1') },
    ];
  }

  function pasteHere(at: CanvasPoint): void {
    canvas.report(navigator.clipboard.readText().then((text) => actions.paste(text, at)));
  }

  function copy(ids: readonly string[]): void {
    const text = actions.copied(ids);
    if (text !== null) canvas.report(navigator.clipboard.writeText(text));
  }

  function commonItems(ids: readonly string[]): MenuItem[] {
    return [
      { label: 'Copy', icon: 'copy', run: () => copy(ids), keys: keyText('Mod+C') },
      edit('Duplicate', 'files', () => actions.duplicate(ids), 'Mod+D'),
      edit('Collapse or Expand', 'fold', () => actions.collapse(ids), 'C'),
      edit('Frame Around', 'symbol-namespace', () => actions.frame(ids)),
      { label: 'Zoom to Selection', icon: 'search', run: () => actions.zoomTo(ids), keys: keyText('Shift+2') },
      edit('Delete', 'trash', () => actions.remove(ids), 'Delete'),
    ];
  }

  function oneItems(node: PikaNode): MenuItem[] {
    const ids = [node.id];
    const rename = edit('Rename', 'edit', () => (canvas.renamingId.value = node.id), 'F2');
    const isData = node.kind === 'source' || node.kind === 'query';
    const isColored = node.kind === 'note' || node.kind === 'frame';
    const run = isColored || node.kind === 'unknown' ? [] : runItems(node.id);
    const readers = isData ? [{ label: 'Reading it' }, ...readerItems(node.id, null)] : [];
    const fit = node.kind === 'frame' ? [edit('Fit to Content', 'screen-normal', () => actions.fitFrame(node.id))] : [];
    return [...run, rename, ...fit, ...commonItems(ids), ...readers, ...(isColored ? colorItems(ids) : [])];
  }

  function colorItems(ids: readonly string[]): MenuItem[] {
    const names = NODE_COLORS.map((color) => [color, `${color[0]?.toUpperCase() ?? ''}${color.slice(1)}`] as const);
    return [
      { label: 'Colour' },
      edit('No Colour', 'circle-slash', () => actions.color(ids, null)),
      ...names.map(([color, label]) => edit(label, 'circle-filled', () => actions.color(ids, color))),
    ];
  }

  function manyItems(ids: readonly string[]): MenuItem[] {
    return [
      ...commonItems(ids),
      { label: 'Align' },
      edit('Left Edges', 'layout-sidebar-left', () => actions.align(ids, 'left')),
      edit('Centres', 'split-horizontal', () => actions.align(ids, 'center')),
      edit('Right Edges', 'layout-sidebar-right', () => actions.align(ids, 'right')),
      edit('Top Edges', 'layout-menubar', () => actions.align(ids, 'top')),
      edit('Middles', 'split-vertical', () => actions.align(ids, 'middle')),
      edit('Bottom Edges', 'layout-panel', () => actions.align(ids, 'bottom')),
      edit('Equal Gaps Across', 'ellipsis', () => actions.distribute(ids, 'horizontal')),
      edit('Equal Gaps Down', 'kebab-vertical', () => actions.distribute(ids, 'vertical')),
    ];
  }

  return { onContextMenu, showReaders };
}
