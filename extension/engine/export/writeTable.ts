import { constants } from 'node:fs';
import { copyFile, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError, cancelledError } from '#common/base/pikaError';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { interruptible, isAborted } from '../database/interruptible.ts';
import { refusedTarget } from './exportFailure.ts';
import type { ExportTarget } from './exportTarget.ts';

/** A table that is to be made in a database file. */
export interface TableSpec {
  readonly table: string;
  readonly replacesTable: boolean;
}

/** Writes a database file with the rows of a SELECT as a table, beside the tables that the target has, and returns how many rows there were. */
export async function writeTable(
  connection: DuckDBConnection,
  select: string,
  { table, replacesTable }: TableSpec,
  { path, target }: { readonly path: string; readonly target: ExportTarget | null },
  signal: AbortSignal,
): Promise<number> {
  if (target?.existing) await copyDatabase(connection, target, path, signal);
  const catalog = quoteIdentifier(`pika_export_${randomUUID()}`);
  await connection.run(`ATTACH ${quoteLiteral(path)} AS ${catalog}`);
  try {
    const name = `${catalog}.main.${quoteIdentifier(table)}`;
    const create = replacesTable ? 'CREATE OR REPLACE TABLE' : 'CREATE TABLE';
    const work = async () => {
      await connection.run(`${create} ${name} AS ${select}`);
      return connection.runAndReadAll(`SELECT count(*) FROM ${name}`);
    };
    const counted = await interruptible(connection, work, signal);
    return Number(counted.getRows()[0]?.[0]);
  } catch (error) {
    throw isTaken(error) ? takenTable(table, target?.path ?? path) : error;
  } finally {
    await connection.run(`DETACH ${catalog}`);
  }
}

/** @throws PikaError `export-refused` when something changed the database since it was copied. */
export async function assertUnchanged(connection: DuckDBConnection, { path, existing }: ExportTarget): Promise<void> {
  if (!existing) return;
  await lockForReading(connection, path);
  const { size, mtimeMs } = await stat(path);
  if (size === existing.byteLength && Math.trunc(mtimeMs) === existing.modifiedMs) return;
  throw refusedTarget('This database was changed while the table was being made.', path, 'Export it again.');
}

async function copyDatabase(
  connection: DuckDBConnection,
  { path }: ExportTarget,
  copy: string,
  signal: AbortSignal,
): Promise<void> {
  if (await hasLog(path)) {
    const hint = 'Close what has it open, or open and close it once with DuckDB.';
    throw refusedTarget('This database has changes that are not in its file yet.', path, hint);
  }
  await lockForReading(connection, path);
  await copyFile(path, copy, constants.COPYFILE_FICLONE);
  if (isAborted(signal)) throw cancelledError();
}

/** Opens and closes a database, which fails while another process writes it. */
async function lockForReading(connection: DuckDBConnection, path: string): Promise<void> {
  const catalog = quoteIdentifier(`pika_export_${randomUUID()}`);
  try {
    await connection.run(`ATTACH ${quoteLiteral(path)} AS ${catalog} (READ_ONLY)`);
  } catch (error) {
    const hint = 'Choose a new file, or close what has it open.';
    const message = error instanceof Error ? error.message : '';
    throw refusedTarget(databaseSentence(message), path, hint);
  }
  await connection.run(`DETACH ${catalog}`);
}

function databaseSentence(message: string): string {
  if (/lock|already attached|file handle conflict/i.test(message)) return 'This database is in use.';
  if (/Permission/.test(message)) return 'Pika may not add tables to a database outside the workspace folders.';
  return 'This file is no DuckDB database that can be opened.';
}

async function hasLog(path: string): Promise<boolean> {
  return stat(`${path}.wal`).then(
    ({ size }) => size > 0,
    () => false,
  );
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && /already exists|is not an table|is of type/i.test(error.message);
}

function takenTable(table: string, path: string): PikaError {
  return refusedTarget(
    `There is already a table or view named ${table} in this database.`,
    path,
    'Choose another name.',
  );
}
