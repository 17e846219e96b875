import { open, type FileHandle } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import { compressionRegistry, CompressionType, RecordBatchReader, type RecordBatch, type Schema } from 'apache-arrow';
import { PikaError } from '#common/base/pikaError';
import { readMachineMemory } from '../memory/freeMemory.ts';
import { unpackLz4 } from './lz4.ts';
import type { SourceFile } from './sourceFiles.ts';
import { refuseOtherKind } from './textHead.ts';

/** Record batches as they are read, with their schema. */
export interface ArrowBatches {
  readonly schema: Schema;
  readonly batches: AsyncIterable<RecordBatch>;
}

compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4 });
/** Node has it from version 22.15 on. */
const unpackZstd = (zlib as { zstdDecompressSync?: (data: Uint8Array) => Uint8Array }).zstdDecompressSync;
if (unpackZstd) compressionRegistry.set(CompressionType.ZSTD, { decode: (data) => new Uint8Array(unpackZstd(data)) });

/** Hears how many bytes were read. */
type ReadListener = (byteCount: number) => void;

/** The system reads less than 2 GB at once, and record batches may be larger; the reader asks on until it has all. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

/** What JavaScript says, too. */
const TOO_LARGE = 'Array buffer allocation failed';

const UNHEARD: ReadListener = () => undefined;

/**
 * Reads Arrow files, Arrow streams and Feather files (version 2) one after the other, a record batch at a time.
 * @throws PikaError `source-format`
 */
export async function withArrowFiles<T>(
  files: readonly Pick<SourceFile, 'path'>[],
  use: (table: ArrowBatches) => Promise<T> | T,
  onRead: ReadListener = UNHEARD,
): Promise<T> {
  const [first, ...rest] = files;
  if (first === undefined) throw new PikaError('source-missing', 'There is no file to read.');
  const file = await open(first.path, 'r');
  try {
    const { reader, schema } = await openReader(heard(file, onRead), first.path);
    return await use({ schema, batches: concatenated(named(reader, first.path), rest, { schema, onRead }) });
  } finally {
    await file.close().catch(() => undefined);
  }
}

/** A file that is read piece by piece, and listened to; these members are all that the reader uses. */
function heard(file: FileHandle, onRead: ReadListener): FileHandle {
  const read = async (buffer: Uint8Array, offset: number, byteLength: number, position: number) => {
    if (byteLength > MAX_READ_BYTES) await assertFree(byteLength);
    const result = await file.read(buffer, offset, Math.min(byteLength, MAX_READ_BYTES), position);
    onRead(result.bytesRead);
    return result;
  };
  const part = { fd: file.fd, stat: () => file.stat(), read, close: () => file.close() };
  return part as unknown as FileHandle;
}

/** Systems give out more memory than they have, and end the process that writes to it. */
async function assertFree(byteLength: number): Promise<void> {
  const { totalBytes, freeBytes } = await readMachineMemory();
  if (byteLength > (freeBytes ?? totalBytes)) throw new RangeError(TOO_LARGE);
}

async function openReader(file: FileHandle, path: string) {
  try {
    const reader = await RecordBatchReader.from(file);
    await reader.open();
    // The reader's types promise a schema, but a text file has none.
    if ((reader.schema as Schema | undefined) === undefined) throw new RangeError('no schema');
    return { reader, schema: reader.schema };
  } catch (error) {
    await refuseOtherKind(path, 'arrow');
    throw arrowError(error, path);
  }
}

async function* named(reader: AsyncIterable<RecordBatch>, path: string): AsyncGenerator<RecordBatch> {
  try {
    yield* reader;
  } catch (error) {
    throw arrowError(error, path);
  }
}

async function* concatenated(
  first: AsyncIterable<RecordBatch>,
  rest: readonly Pick<SourceFile, 'path'>[],
  { schema, onRead }: { readonly schema: Schema; readonly onRead: ReadListener },
): AsyncGenerator<RecordBatch> {
  yield* first;
  for (const { path } of rest) {
    const file = await open(path, 'r');
    try {
      const { reader, schema: other } = await openReader(heard(file, onRead), path);
      if (String(other) !== String(schema)) {
        throw new PikaError('source-format', 'This file has other columns than the first one.', { path });
      }
      yield* named(reader, path);
    } finally {
      await file.close().catch(() => undefined);
    }
  }
}

function arrowError(error: unknown, path: string): PikaError {
  if (error instanceof PikaError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/codec not found/.test(message)) {
    const hint = 'Write it uncompressed or with LZ4, or as Parquet.';
    return new PikaError('source-format', 'The compression of this Arrow file is not supported.', { path, hint });
  }
  if (message === TOO_LARGE) {
    const hint = 'Write it again in smaller record batches, or as Parquet.';
    return new PikaError('source-unreadable', 'A record batch of this Arrow file is larger than the free memory.', {
      path,
      hint,
    });
  }
  return new PikaError(
    'source-format',
    'This is not a complete Arrow file.',
    { path, hint: 'It may not have been written or copied to the end.' },
    { cause: error },
  );
}
