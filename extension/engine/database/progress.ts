import type { DuckDBConnection } from '@duckdb/node-api';
import type { Disposable } from '#common/base/scope';
import type { Progress } from '#common/protocol/engineContract';

const INTERVAL_MS = 100;
const PERCENT = 100;

/** Reports how far a connection's statement is, at most ten times a second and only when it has grown. */
export function watchProgress(connection: DuckDBConnection, report: (progress: Progress) => void): Disposable {
  let reported = 0;
  const timer = setInterval(() => {
    const fraction = Math.min(1, connection.progress.percentage / PERCENT);
    if (fraction <= reported) return;
    reported = fraction;
    report({ fraction });
  }, INTERVAL_MS);
  return { dispose: () => clearInterval(timer) };
}
