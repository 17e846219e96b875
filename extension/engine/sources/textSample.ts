import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceDescription } from '#common/protocol/engineContract';
import { literalPattern, type SourceFile, type SourceFiles } from './sourceFiles.ts';
import { readerCall, type ReaderOptions } from './readerOptions.ts';
import type { TextReading } from './sourceContext.ts';

const SAMPLED_FROM_BYTES = 64 * 1024 * 1024;
// Many small blocks: fewer large ones leave gaps that show in a line over time.
const BLOCK_BYTES = 32 * 1024;
const BLOCK_COUNT = 512;
const NEWLINE = 0x0a;
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

function isSplittable(files: readonly SourceFile[], options: ReaderOptions): boolean {
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
  const handle = await open(file.path, 'r');
  try {
    const distance = file.byteLength / blockCount;
    const offsets = Array.from({ length: blockCount }, (_, i) => Math.floor(i * distance));
    return await Promise.all(offsets.map((offset) => readLines(handle, offset)));
  } finally {
    await handle.close();
  }
}

/** The whole lines in a block; the first line is always left out, for it may be a header or a part. */
async function readLines(handle: FileHandle, offset: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await handle.read(new Uint8Array(BLOCK_BYTES), 0, BLOCK_BYTES, offset);
  const block = buffer.subarray(0, bytesRead);
  const first = block.indexOf(NEWLINE) + 1;
  const end = block.lastIndexOf(NEWLINE) + 1;
  return first > 0 && end > first ? block.subarray(first, end) : new Uint8Array(0);
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
