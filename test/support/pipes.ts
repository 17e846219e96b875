import type { MessagePipe } from '#common/protocol/rpc';

/** Two connected in-memory pipes that deliver like a process boundary: later, and as copies. */
export function connectedPipes(): readonly [MessagePipe, MessagePipe] {
  const listeners: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [new Set(), new Set()];
  const end = (own: 0 | 1): MessagePipe => ({
    post: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => listeners[own === 0 ? 1 : 0].forEach((listener) => listener(copy)));
    },
    onMessage: (listener) => {
      listeners[own].add(listener);
      return { dispose: () => void listeners[own].delete(listener) };
    },
  });
  return [end(0), end(1)];
}
