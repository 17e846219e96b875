import { inject, type InjectionKey } from 'vue';

/** What a card asks of the frame around it, which stays when the card is taken away. */
export interface NodeShell {
  /** Gives keys and wheel back to the canvas, the focus to the node as a whole. */
  leave(): void;
  /** Called when the node is entered by the Enter key. */
  onEnter(listener: () => void): void;
}

export const NODE_SHELL: InjectionKey<NodeShell> = Symbol('node shell');

/** The frame that this card is in. */
export function useNodeShell(): NodeShell {
  const shell = inject(NODE_SHELL);
  if (!shell) throw new Error('useNodeShell() needs a card inside of a node');
  return shell;
}
