import { stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Disposable } from '#common/base/scope';
import type { ExportProgress } from '#common/protocol/exportContract';

const INTERVAL_MS = 100;
const PERCENT = 100;

/** Reports how far a connection's statement and the file that it writes are, at most ten times a second. */
export function watchExport(
  connection: DuckDBConnection,
  path: string,
  report: (progress: ExportProgress) => void,
): Disposable {
  let isEnded = false;
  const timer = setInterval(() => {
    void sizeOf(path).then((byteLength) => {
      if (isEnded) return;
      const share = connection.progress.percentage / PERCENT;
      report({ fraction: share >= 0 ? Math.min(1, share) : null, byteLength });
    });
  }, INTERVAL_MS);
  const dispose = () => {
    isEnded = true;
    clearInterval(timer);
  };
  return { dispose };
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
