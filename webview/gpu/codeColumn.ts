import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import { FIXED_NULL } from '#common/plot/plotData';
import type { Evictable } from './arena.ts';
import type { GpuContext } from './gpuContext.ts';

/** Rows per buffer of a column whose length is not known: 32 MiB, inside every default limit. */
export const CHUNK_ROWS = 2 ** 23;
/** Rows per buffer of a long column: between two dispatches a fast device idles, a tenth of the time at 2 ** 25 rows. */
const LONGEST_CHUNK_ROWS = 2 ** 27;
/** Share of a chunk that has to be filled when it is made larger than the rows to come. */
const MOSTLY_FULL = 0.8;

/** Rows [firstRow, endRow) of one buffer. */
export interface CodeSlice {
  readonly buffer: GPUBuffer;
  readonly firstRow: number;
  readonly endRow: number;
}

interface Chunk {
  readonly buffer: GPUBuffer;
  rowCount: number;
}

/**
 * A growing column of u32 codes in GPU memory, in chunks of `chunkRows` rows; nulls are FIXED_NULL. Its buffers may be taken
 * from it between two submits; it fills new ones from the arrays that it was given, which must stay as they are.
 */
export class CodeColumn implements Disposable, Evictable {
  readonly #chunks: Chunk[] = [];
  readonly #batches: Uint32Array<ArrayBuffer>[] = [];
  #isEvicted = false;
  #rowCount = 0;
  #isDisposed = false;

  /**
   * @param expectedRows How many rows will come, 0 when unknown; sizes the chunks.
   * @param chunkRows Most rows per buffer, a multiple of 4; by default what the device allows.
   */
  constructor(
    private readonly gpu: GpuContext,
    private readonly label: string,
    private readonly expectedRows: number,
    private readonly chunkRows: number = longestChunk(gpu.device),
  ) {}

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Uploads codes behind the rows that are there. */
  append(codes: Uint32Array<ArrayBuffer>): void {
    this.#batches.push(codes);
    if (!this.#isEvicted) this.#upload(codes);
    this.#rowCount += codes.length;
  }

  /** The code of one row; FIXED_NULL beyond the rows that are there. */
  codeAt(row: number): number {
    let before = 0;
    for (const codes of this.#batches) {
      if (row < before + codes.length) return codes[row - before] ?? FIXED_NULL;
      before += codes.length;
    }
    return FIXED_NULL;
  }

  /** Gives the buffers back; the next use fills new ones. */
  evict(): void {
    this.#isEvicted = true;
    this.#releaseChunks();
  }

  /** The slices that hold rows [firstRow, rowCount); equal columns give equal slices. */
  slicesFrom(firstRow: number): readonly CodeSlice[] {
    this.#restore();
    let before = 0;
    const slices: CodeSlice[] = [];
    for (const { buffer, rowCount } of this.#chunks) {
      const first = Math.max(0, firstRow - before);
      if (first < rowCount) slices.push({ buffer, firstRow: first, endRow: rowCount });
      before += rowCount;
    }
    return slices;
  }

  /** All rows as one slice, for passes that look at neighbouring rows. @throws PikaError `gpu-limit` beyond one chunk. */
  wholeSlice(): CodeSlice {
    const [slice, second] = this.slicesFrom(0);
    if (!slice || second) {
      throw new PikaError('gpu-limit', `A line of ${this.#rowCount} points does not fit one buffer.`);
    }
    return slice;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.gpu.arena.forget(this);
    this.#releaseChunks();
  }

  /** Marks the column as used, and brings its rows back where they were taken. */
  #restore(): void {
    if (this.#isDisposed) return;
    this.gpu.arena.use(this);
    if (!this.#isEvicted) return;
    this.#isEvicted = false;
    for (const codes of this.#batches) this.#upload(codes);
  }

  #upload(codes: Uint32Array<ArrayBuffer>): void {
    this.gpu.arena.use(this);
    for (let done = 0; done < codes.length;) {
      const chunk = this.#chunkWithRoom();
      const taken = Math.min(codes.length - done, this.#capacity(chunk) - chunk.rowCount);
      const bytes = codes.subarray(done, done + taken);
      this.gpu.device.queue.writeBuffer(chunk.buffer, chunk.rowCount * Uint32Array.BYTES_PER_ELEMENT, bytes);
      chunk.rowCount += taken;
      done += taken;
    }
  }

  #releaseChunks(): void {
    for (const chunk of this.#chunks.splice(0)) this.gpu.arena.release(chunk.buffer);
  }

  #chunkWithRoom(): Chunk {
    const last = this.#chunks.at(-1);
    if (last && last.rowCount < this.#capacity(last)) return last;
    const rows = Math.min(this.chunkRows, chunkFor(this.expectedRows - this.#uploadedRows));
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    const buffer = this.gpu.arena.buffer(rows * Uint32Array.BYTES_PER_ELEMENT, usage, `${this.label} codes`);
    const chunk = { buffer, rowCount: 0 };
    this.#chunks.push(chunk);
    return chunk;
  }

  get #uploadedRows(): number {
    return this.#chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
  }

  #capacity(chunk: Chunk): number {
    return Math.min(this.chunkRows, chunk.buffer.size / Uint32Array.BYTES_PER_ELEMENT);
  }
}

function longestChunk({ limits }: GPUDevice): number {
  const rows = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize) / Uint32Array.BYTES_PER_ELEMENT;
  return Math.min(LONGEST_CHUNK_ROWS, powerOfTwoBelow(rows));
}

/** Rows of the next chunk of a column of which `missingRows` are still to come, 0 or less when unknown: powers of two, because buffers are; the last one only where it wastes little. */
export function chunkFor(missingRows: number): number {
  if (missingRows <= 0) return CHUNK_ROWS;
  if (missingRows <= CHUNK_ROWS) return missingRows;
  const below = powerOfTwoBelow(missingRows);
  return missingRows > MOSTLY_FULL * 2 * below ? 2 * below : below;
}

function powerOfTwoBelow(value: number): number {
  return 2 ** Math.floor(Math.log2(value));
}
