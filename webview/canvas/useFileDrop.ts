import { useVueFlow } from '@vue-flow/core';
import { onBeforeUnmount } from 'vue';
import { FLOW_ID } from './flow.ts';
import type { NodeActions } from './useNodeActions.ts';

const LIST_TYPES = ['application/vnd.code.uri-list', 'text/uri-list'];

/** Files dropped from VS Code's explorer, or from the system where it tells their paths. */
export function useFileDrop(actions: NodeActions): void {
  const { screenToFlowCoordinate } = useVueFlow(FLOW_ID);

  function onDragOver(event: DragEvent): void {
    const types = event.dataTransfer?.types ?? [];
    if (!LIST_TYPES.some((type) => types.includes(type)) && !types.includes('Files')) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  }

  function onDrop(event: DragEvent): void {
    const files = event.dataTransfer ? filesOf(event.dataTransfer) : [];
    if (files.length === 0) return;
    event.preventDefault();
    actions.addFiles(files, screenToFlowCoordinate({ x: event.clientX, y: event.clientY }));
  }

  document.addEventListener('dragover', onDragOver);
  document.addEventListener('drop', onDrop);
  onBeforeUnmount(() => {
    document.removeEventListener('dragover', onDragOver);
    document.removeEventListener('drop', onDrop);
  });
}

function filesOf(transfer: DataTransfer): readonly string[] {
  const lists = LIST_TYPES.map((type) => transfer.getData(type)).filter((text) => text !== '');
  const uris = (lists[0] ?? '').split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  if (uris.length > 0) return uris.map((uri) => uri.replace(/^vscode-remote:\/\/[^/]*/i, 'file://'));
  return [...transfer.files].flatMap((file) => ('path' in file && typeof file.path === 'string' ? [file.path] : []));
}
