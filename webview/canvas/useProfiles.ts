import { onScopeDispose, shallowReactive, watch } from 'vue';
import { PikaError } from '#common/base/pikaError';
import type { ColumnProfile } from '#common/table/columnProfile';
import type { RowsView } from '#common/table/tableView';

/** What profiles need of their table. */
export interface ProfileOptions {
  /** Column keys in the table's order. */
  readonly keys: () => readonly string[];
  readonly view: () => RowsView;
  readonly ask: (column: number, isApproximate: boolean, signal: AbortSignal) => Promise<ColumnProfile>;
  readonly onError: (error: unknown) => void;
}

/** Profiles of the columns in view: one after the other, each roughly first and then exactly; what scrolls away is given up. */
export function useProfiles({ keys, view, ask, onError }: ProfileOptions) {
  const profiles = shallowReactive(new Map<string, ColumnProfile>());
  /** What cannot be told of some columns must not keep the others waiting. */
  const failed = new Set<string>();
  let wanted: readonly string[] = [];
  let running: { readonly key: string; readonly controller: AbortController } | null = null;

  function show(inView: readonly string[]): void {
    wanted = inView;
    if (running && !wanted.includes(running.key)) running.controller.abort();
    if (!running) void next();
  }

  function nextOf(): { key: string; isApproximate: boolean } | null {
    const open = wanted.filter((key) => !failed.has(key));
    const unknown = open.find((key) => !profiles.has(key));
    if (unknown !== undefined) return { key: unknown, isApproximate: true };
    const rough = open.find((key) => profiles.get(key)?.isExact === false);
    return rough === undefined ? null : { key: rough, isApproximate: false };
  }

  async function next(): Promise<void> {
    const job = nextOf();
    const column = job ? keys().indexOf(job.key) : -1;
    if (!job || column < 0) return;
    const own = (running = { key: job.key, controller: new AbortController() });
    try {
      const profile = await ask(column, job.isApproximate, own.controller.signal);
      if (!own.controller.signal.aborted) profiles.set(job.key, profile);
    } catch (error) {
      if (PikaError.is(error, 'query-failed')) failed.add(job.key);
      // Asking again at once would go on for ever where everything is cancelled, or the engine is gone.
      else if (!own.controller.signal.aborted) wanted = [];
      if (!PikaError.is(error, 'cancelled') && !PikaError.is(error, 'disposed')) onError(error);
    }
    if (running !== own) return;
    running = null;
    void next();
  }

  function restart(): void {
    running?.controller.abort();
    running = null;
    profiles.clear();
    failed.clear();
    void next();
  }

  watch(() => JSON.stringify(view().filters), restart);
  onScopeDispose(() => {
    wanted = [];
    running?.controller.abort();
    running = null;
  });
  return { profiles, show, restart };
}
