import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportSpec } from '#common/protocol/exportContract';
import type { BenchEngine } from './benchEngine.ts';
import type { Reference } from './reference.ts';
import { milliseconds, times, type ReportRow } from './report.ts';
import { interleaved, ratios, timed } from './timing.ts';

const ROUNDS = 3;
const ROWS = `SELECT range AS id, range * 0.25::DOUBLE AS value, 'k' || range % 10000 AS name FROM range(5000000)`;
const SPECS = [
  [{ format: 'csv', hasHeader: true, compression: 'none' }, 'FORMAT csv, HEADER true'],
  [{ format: 'parquet', codec: 'zstd', rowGroupRows: 122_880 }, 'FORMAT parquet, COMPRESSION zstd'],
] as const satisfies readonly (readonly [ExportSpec, string])[];

/** Exports all rows of a query to a file. */
export async function exportRows(
  engine: BenchEngine,
  spec: ExportSpec,
  sql: string,
  signal?: AbortSignal,
): Promise<void> {
  const target = join(tmpdir(), `pika-bench-export-${process.pid}.out`);
  const request = { sql, spec, target, protectedFiles: [], subject: 'bench' };
  await engine.client.exportQuery(request, signal ? { signal } : {});
  await rm(target);
}

/** How long exports take, flushed to the disk, beside DuckDB's own COPY of the same rows. */
export async function measureExport(engine: BenchEngine, reference: Reference): Promise<readonly ReportRow[]> {
  const rows: ReportRow[] = [];
  for (const [spec, options] of SPECS) {
    const copied = join(tmpdir(), `pika-bench-copy-${process.pid}.out`);
    const { own, copy } = await interleaved(ROUNDS, {
      own: () => timed(() => exportRows(engine, spec, ROWS)),
      copy: () => reference.run(`COPY (${ROWS}) TO '${copied}' (${options})`),
    });
    await rm(copied, { force: true });
    const subject = `export of 5 M rows to ${spec.format}, beside COPY`;
    rows.push([subject, milliseconds(own), milliseconds(copy), times(ratios(own, copy)), '']);
  }
  return rows;
}
