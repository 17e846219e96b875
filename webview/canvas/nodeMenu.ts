import type { PikaNode } from '#common/document/pikaDocument';

/** What VS Code is told of a node, which fills its menu (`webview/context` in package.json) and gets it with the choice. */
export function menuContext({ id, kind }: PikaNode): string {
  return JSON.stringify({ webviewSection: 'node', nodeId: id, nodeKind: kind });
}

/** For places without text, whose menu needs no Cut, Copy and Paste. */
export const NO_TEXT_ENTRIES = JSON.stringify({ preventDefaultContextMenuItems: true });

/** Opens VS Code's menu of the node that an element is in, below that element. */
export function openMenuAt(element: HTMLElement | null): void {
  if (!element) return;
  const { left: clientX, bottom: clientY } = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, composed: true, clientX, clientY }),
  );
}
