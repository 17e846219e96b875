import { onBeforeUnmount, watch } from 'vue';
import { newestOnly } from '#common/base/newestOnly';
import type { QueryNode } from '#common/document/pikaDocument';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';

const PAUSE_MS = 120;

/** Tells the canvas what a query reads by the text that is being typed, until the document has that text. */
export function useSqlDraft(node: () => QueryNode) {
  const { session } = usePage();
  const canvas = useCanvas();
  const { id } = node();
  let typed: string | null = null;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const ask = newestOnly(async (sql: string) => {
    const reads = await session.call('findReads', { nodeId: id, sql }).catch(() => null);
    if (reads && typed === sql) canvas.draftReads.set(id, reads);
  });

  function onTyped(sql: string): void {
    clearTimeout(pause);
    if (sql === node().sql) return forget();
    typed = sql;
    pause = setTimeout(() => ask(sql), PAUSE_MS);
  }

  function forget(): void {
    clearTimeout(pause);
    typed = null;
    canvas.draftReads.delete(id);
  }

  watch(
    () => node().sql,
    (sql) => {
      if (sql === typed) forget();
    },
  );
  onBeforeUnmount(forget);
  return onTyped;
}
