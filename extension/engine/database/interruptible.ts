import type { DuckDBConnection } from '@duckdb/node-api';
import { cancelledError } from '#common/base/pikaError';

const REPEAT_MS = 20;

/**
 * Runs statements of one connection until `signal` aborts, then interrupts them and rejects with `cancelled`.
 * DuckDB forgets an interrupt that comes between two statements, so it is repeated until the work has settled.
 */
export async function interruptible<T>(
  connection: DuckDBConnection,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  if (signal.aborted) throw cancelledError();
  let repeat: ReturnType<typeof setInterval> | undefined;
  const onAbort = () => {
    connection.interrupt();
    repeat = setInterval(() => connection.interrupt(), REPEAT_MS);
  };
  signal.addEventListener('abort', onAbort);
  try {
    return await work();
  } catch (error) {
    throw isAborted(signal) ? cancelledError() : error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearInterval(repeat);
  }
}

/** A signal's state, read again: it may have changed while something was awaited. */
export function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
