import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects this process's garbage now.
 * DuckDB's results are freed with the small objects that stand for them, so the collector by itself sees no reason to run.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  // With that flag every new context has this function.
  const collect = runInNewContext('gc') as () => void;
  collect();
}
