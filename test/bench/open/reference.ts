import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What DuckDB alone needs, each in a process of its own, in milliseconds. */
export interface Reference {
  readonly firstRowsMs: number;
  readonly importMs: number;
}

/** Measures DuckDB without the extension: the first 200 rows of a CSV, and its import into a database file. */
export async function measureReference(csv: string, databaseFile: string): Promise<Reference> {
  const reader = `read_csv('${csv.replaceAll("'", "''")}')`;
  const runs = [];
  for (let run = 0; run < 3; run++) runs.push(await timeInProcess(':memory:', `SELECT * FROM ${reader} LIMIT 200`));
  await rm(databaseFile, { force: true });
  const importMs = await timeInProcess(databaseFile, `CREATE TABLE t AS SELECT * FROM ${reader}`);
  await rm(databaseFile, { force: true });
  return { firstRowsMs: runs.sort((a, b) => a - b)[1] ?? 0, importMs };
}

async function timeInProcess(databaseFile: string, sql: string): Promise<number> {
  const program = fileURLToPath(new URL('referenceProcess.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, databaseFile, sql]);
  return Number(stdout);
}
