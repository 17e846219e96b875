import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { countLinesBefore, readLines, withFile, type LineBlock } from './blocks.ts';
import { readerCall, type ReaderOptions } from './readerOptions.ts';
import { readRows } from './sourceContext.ts';
import { literalPattern, type SourceFile } from './sourceFiles.ts';

/** DuckDB takes about 20 µs to note a bad line, so that millions of them would take longer than all else. */
const MAX_NOTED_ROWS = 50_000;
const LEAST_LINE_BYTES = 2;
const BLOCK_BYTES = 32 * 1024;
const BLOCK_COUNT = 32;
const MAX_PART_BYTES = 32 * 1024 * 1024;

/** A CSV file, and the complete options to read it with. */
export interface SkippingFile {
  readonly file: SourceFile;
  readonly options: ReaderOptions;
  /** For files that go again. */
  readonly scratchDirectory: string;
}

/** Lines of a file that are looked at in place of all, written to a file of their own. */
export interface NotedPart {
  readonly path: string;
  readonly options: ReaderOptions;
  /** Lines and bytes of the file before the part. */
  readonly linesBefore: number;
  readonly bytesBefore: number;
}

/**
 * Looks into a file at even distances for lines that will be skipped.
 *
 * @returns The part whose bad lines are to be noted; null when the file has so few that all of them can be.
 */
export async function partToNote(connection: DuckDBConnection, source: SkippingFile): Promise<NotedPart | null> {
  const { file, scratchDirectory } = source;
  if (file.byteLength < MAX_NOTED_ROWS * LEAST_LINE_BYTES) return null;
  const folder = join(scratchDirectory, `lines-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  try {
    return await withFile(file.path, async (handle) => {
      const distance = file.byteLength / BLOCK_COUNT;
      const offsets = Array.from({ length: BLOCK_COUNT }, (_, i) => Math.floor(i * distance));
      const blocks = await Promise.all(offsets.map((offset) => readLines(handle, offset, BLOCK_BYTES)));
      const badCounts = await countBad(connection, source, { folder, blocks });
      const sampledBytes = blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
      const badCount = badCounts.reduce((sum, count) => sum + count, 0);
      if ((badCount / sampledBytes) * file.byteLength <= MAX_NOTED_ROWS) return null;
      const firstOffset = blocks[badCounts.findIndex((count) => count > 0)]?.offset ?? 0;
      const mostBad = Math.max(...badCounts.map((count, i) => count / (blocks[i]?.bytes.length || Infinity)));
      const byteLength = Math.ceil(Math.min(MAX_PART_BYTES, MAX_NOTED_ROWS / mostBad));
      // A byte earlier, so that the line before ends in what is read.
      const part = await readLines(handle, firstOffset - 1, byteLength);
      const path = join(scratchDirectory, `noted-${randomUUID()}.csv`);
      await writeFile(path, part.bytes);
      const linesBefore = await countLinesBefore(handle, part.offset);
      return { path, options: blockOptions(source.options), linesBefore, bytesBefore: part.offset };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How many rows there are, those included that do not fit. */
export async function countRecords(
  connection: DuckDBConnection,
  path: string,
  options: ReaderOptions,
): Promise<number> {
  const relation = readerCall('read_csv', [literalPattern(path)], lenient(options));
  const [[count] = []] = await readRows(connection, `SELECT count(*) FROM ${relation}`);
  return Number(count);
}

async function countBad(
  connection: DuckDBConnection,
  { options }: SkippingFile,
  { folder, blocks }: { readonly folder: string; readonly blocks: readonly LineBlock[] },
): Promise<readonly number[]> {
  const paths = blocks.map((_, i) => join(folder, `${i}.csv`));
  await Promise.all(paths.map((path, i) => writeFile(path, blocks[i]?.bytes ?? '')));
  const counts = async (read: ReaderOptions) => {
    const relation = readerCall('read_csv', paths.map(literalPattern), { ...read, filename: 'pika_block' });
    const rows = await readRows(connection, `SELECT pika_block, count(*) FROM ${relation} GROUP BY ALL`);
    return new Map(rows.map(([path, count]) => [String(path), Number(count)]));
  };
  const read = blockOptions(options);
  const [all, fitting] = [await counts(lenient(read)), await counts(read)];
  return paths.map((path) => Math.max(0, (all.get(path) ?? 0) - (fitting.get(path) ?? 0)));
}

/** Lines out of the midst of a file have no header before them. */
function blockOptions(options: ReaderOptions): ReaderOptions {
  return { ...options, header: false, skip: 0 };
}

/** Options under which every line is a row. */
function lenient(options: ReaderOptions): ReaderOptions {
  const columns = Object.keys(options['columns'] as Record<string, string>);
  const texts = Object.fromEntries(columns.map((name) => [name, 'VARCHAR']));
  return { ...options, columns: texts, null_padding: true, strict_mode: false };
}
