import { onBeforeUnmount } from 'vue';
import type { CanvasState } from './canvasState.ts';
import type { NodeActions } from './useNodeActions.ts';

/** Copy, cut and paste of nodes, with whatever keys or menus the machine has for them. */
export function useClipboard(actions: NodeActions, canvas: CanvasState): void {
  function onCopy(event: ClipboardEvent): void {
    if (isElsewhere()) return;
    const ids = canvas.selectedIds.value;
    const text = actions.copied(ids);
    if (text === null || !event.clipboardData) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    if (event.type === 'cut') actions.remove(ids);
  }

  function onPaste(event: ClipboardEvent): void {
    if (isElsewhere()) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.trim() === '') return;
    event.preventDefault();
    actions.paste(text);
  }

  document.addEventListener('copy', onCopy);
  document.addEventListener('cut', onCopy);
  document.addEventListener('paste', onPaste);
  onBeforeUnmount(() => {
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCopy);
    document.removeEventListener('paste', onPaste);
  });
}

/** Whether text is being written or selected, or a table's cells are in use: those have a clipboard of their own. */
function isElsewhere(): boolean {
  const active = document.activeElement;
  const isInside = active?.closest('.node') && !active.matches('.node');
  const isTyping = active?.matches('input, textarea, [contenteditable="true"], vscode-text-field, vscode-text-area');
  return Boolean(isInside || isTyping) || document.getSelection()?.isCollapsed === false;
}
