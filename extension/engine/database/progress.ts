import type { DuckDBConnection } from '@duckdb/node-api';
import type { Disposable } from '#common/base/scope';
import type { Progress } from '#common/protocol/engineContract';

const INTERVAL_MS = 100;
const PERCENT = 100;

/** Reports how many of `totalBytes` have been read, at most ten times a second. @returns What is to be told of each part. */
export function reportBytes(totalBytes: number, report: (progress: Progress) => void): (byteCount: number) => void {
  let readBytes = 0;
  let reportedMs = performance.now();
  return (byteCount) => {
    readBytes += byteCount;
    const nowMs = performance.now();
    if (nowMs - reportedMs < INTERVAL_MS) return;
    reportedMs = nowMs;
    report({ fraction: Math.min(1, readBytes / totalBytes) });
  };
}

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
