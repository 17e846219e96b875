import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import type { SourceNotice } from '#common/protocol/engineContract';
import { cacheTable } from '../cache/cacheCatalog.ts';
import { queryError } from '../database/duckdbFailure.ts';
import { countRecords, partToNote, type NotedPart, type SkippingFile } from './manyRejects.ts';
import { readerCall, type ReaderOptions } from './readerOptions.ts';
import { forgetRejects, keepRejects, REJECT_OPTIONS, skippedNotices } from './rejectedRows.ts';
import { readRows, type SourceReading } from './sourceContext.ts';
import { literalPattern, type SourceFiles } from './sourceFiles.ts';
import { isSplittable } from './textSample.ts';

/** Where an import's tables go. */
export interface ImportTarget {
  readonly connection: DuckDBConnection;
  readonly catalog: string;
  readonly scratchDirectory: string;
}

/** Copies what a source reads into an import; rows that its options skip are kept beside it and counted. */
export async function fillFromReader(
  target: ImportTarget,
  { relation, text }: SourceReading,
  found: SourceFiles,
): Promise<readonly SourceNotice[]> {
  const { connection, catalog, scratchDirectory } = target;
  if (text?.reader !== 'read_csv' || text.options['ignore_errors'] !== true) {
    await copy(connection, cacheTable(catalog, 'data'), relation);
    return [];
  }
  const [file] = found.files;
  const isOneFile = file !== undefined && found.files.length === 1 && isSplittable(found.files, text.options);
  const source = isOneFile ? { file, options: text.options, scratchDirectory } : null;
  const part = source && (await partToNote(connection, source).catch(() => null));
  const notices = source && part ? await fillNotingPart(target, source, part) : null;
  return notices ?? fillNotingAll(target, text.options, found.patterns);
}

async function fillNotingAll(
  { connection, catalog }: ImportTarget,
  options: ReaderOptions,
  patterns: readonly string[],
): Promise<readonly SourceNotice[]> {
  try {
    const relation = readerCall('read_csv', patterns, { ...options, ...REJECT_OPTIONS });
    await copy(connection, cacheTable(catalog, 'data'), relation);
    return skippedNotices(await keepRejects(connection, cacheTable(catalog, 'rejects')));
  } finally {
    await forgetRejects(connection);
  }
}

/**
 * Notes the skipped lines of a part only, and counts the others: rows that there are, less rows that fit.
 *
 * @returns Null, with nothing done, when the part shows that this count is not exact: a quote that stays open does that.
 */
async function fillNotingPart(
  target: ImportTarget,
  source: SkippingFile,
  part: NotedPart,
): Promise<readonly SourceNotice[] | null> {
  const { connection, catalog } = target;
  try {
    const counted = await countSkipping(target, source, part);
    if (counted === null) return null;
    const data = cacheTable(catalog, 'data');
    const pattern = literalPattern(source.file.path);
    await copy(connection, data, readerCall('read_csv', [pattern], source.options));
    return skippedNotices(counted.allRows - (await countRows(connection, data)), counted.keptRows);
  } finally {
    await forgetRejects(connection);
    await rm(part.path, { force: true });
  }
}

async function countSkipping(
  { connection, catalog }: ImportTarget,
  { file, options }: SkippingFile,
  part: NotedPart,
): Promise<{ readonly allRows: number; readonly keptRows: number } | null> {
  const rejects = cacheTable(catalog, 'rejects');
  try {
    const noting = readerCall('read_csv', [literalPattern(part.path)], { ...part.options, ...REJECT_OPTIONS });
    const fittingRows = await countRows(connection, noting);
    const keptRows = await keepRejects(connection, rejects, { ...part, file: file.path });
    const isExact = (await countRecords(connection, part.path, part.options)) - fittingRows === keptRows;
    if (isExact) return { allRows: await countRecords(connection, file.path, options), keptRows };
  } catch (error) {
    // DuckDB cannot read every file so leniently that each line is a row.
    if (PikaError.is(error, 'cancelled')) throw error;
  }
  await connection.run(`DROP TABLE IF EXISTS ${rejects}`);
  return null;
}

async function countRows(connection: DuckDBConnection, relation: string): Promise<number> {
  // All columns, for a value that nobody asks for is not looked at.
  const [counts = []] = await readRows(connection, `SELECT count(COLUMNS(*)), count(*) FROM ${relation}`);
  return Number(counts.at(-1));
}

async function copy(connection: DuckDBConnection, table: string, relation: string): Promise<void> {
  try {
    await connection.run(`CREATE TABLE ${table} AS SELECT * FROM ${relation}`);
  } catch (error) {
    throw queryError(error);
  }
}
