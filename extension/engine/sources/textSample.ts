import { open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceDescription } from '#common/protocol/engineContract';
import { readLines, withFile } from './blocks.ts';
import { literalPattern, type SourceFile, type SourceFiles } from './sourceFiles.ts';
import { readerCall, type ReaderOptions } from './readerOptions.ts';
import type { TextReading } from './sourceContext.ts';

const SAMPLED_FROM_BYTES = 64 * 1024 * 1024;
// Many small blocks: fewer large ones leave gaps that show in a line over time.
const BLOCK_BYTES = 32 * 1024;
const BLOCK_COUNT = 512;
const COMPRESSED = /\.(?:gz|zst)$/i;
/** Options under which rows cannot be cut out of their file. */
const WHOLE_FILE_OPTIONS = ['compression', 'filename', 'hive_partitioning', 'hive_types'];

/**
 * A quick even sample of large text files: blocks at even distances, cut at line ends, as one small file of the same dialect.
 *
 * @returns Null when the files are small, compressed, or cannot be cut at line ends.
 */
export async function sampleText(
  { files, byteLength }: SourceFiles,
  { reader, options }: TextReading,
  target: { readonly folder: string; readonly key: string },
): Promise<SourceDescription['sample']> {
  if (byteLength < SAMPLED_FROM_BYTES || !isSplittable(files, options)) return null;
  const path = join(target.folder, `${target.key}.sample.${reader === 'read_csv' ? 'csv' : 'jsonl'}`);
  const sampledBytes = (await sizeOf(path)) ?? (await writeSample(files, byteLength, path));
  if (sampledBytes === 0) return null;
  const isCsv = reader === 'read_csv';
  const relation = readerCall(reader, [literalPattern(path)], {
    ...options,
    ...(isCsv ? { header: false, skip: 0 } : {}),
    ignore_errors: true,
  });
  return { relation, oneIn: Math.max(1, Math.round(byteLength / sampledBytes)) };
}

/** Whether lines can be cut out of files and read by themselves. */
export function isSplittable(files: readonly SourceFile[], options: ReaderOptions): boolean {
  const { format = 'newline_delimited', encoding = 'utf-8' } = options;
  const isOneByteNewline = typeof encoding === 'string' && !/16/.test(encoding);
  if (format !== 'newline_delimited' || !isOneByteNewline || options['auto_detect'] !== false) return false;
  if (WHOLE_FILE_OPTIONS.some((name) => options[name] !== undefined)) return false;
  return files.length <= BLOCK_COUNT && !files.some(({ path }) => COMPRESSED.test(path));
}

/** Writes the blocks under a temporary name first, so that another window never sees half a sample. */
async function writeSample(files: readonly SourceFile[], byteLength: number, path: string): Promise<number> {
  const temporary = `${path}.${process.pid}`;
  const target = await open(temporary, 'w');
  let written = 0;
  try {
    for (const file of files) {
      const blockCount = Math.max(1, Math.round((BLOCK_COUNT * file.byteLength) / byteLength));
      for (const lines of await readBlocks(file, blockCount)) {
        await target.write(lines);
        written += lines.length;
      }
    }
  } finally {
    await target.close();
  }
  await rename(temporary, path);
  return written;
}

async function readBlocks(file: SourceFile, blockCount: number): Promise<Uint8Array[]> {
  const distance = file.byteLength / blockCount;
  const offsets = Array.from({ length: blockCount }, (_, i) => Math.floor(i * distance));
  return withFile(file.path, (handle) =>
    Promise.all(offsets.map(async (offset) => (await readLines(handle, offset, BLOCK_BYTES)).bytes)),
  );
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
