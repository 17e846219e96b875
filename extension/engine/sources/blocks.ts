import { open, type FileHandle } from 'node:fs/promises';

const NEWLINE = 0x0a;
const READ_BYTES = 1024 * 1024;

/** Whole lines cut out of a file. */
export interface LineBlock {
  /** Where the first of the lines begins. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The whole lines in `byteLength` bytes from `offset` on; a line that began before is left out, and so is the file's first. */
export async function readLines(file: FileHandle, offset: number, byteLength: number): Promise<LineBlock> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(byteLength), 0, byteLength, offset);
  const block = buffer.subarray(0, bytesRead);
  const first = block.indexOf(NEWLINE) + 1;
  const end = block.lastIndexOf(NEWLINE) + 1;
  return first > 0 && end > first
    ? { offset: offset + first, bytes: block.subarray(first, end) }
    : { offset, bytes: new Uint8Array(0) };
}

/** Opens a file for `use`. */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Lines that end before `offset`. */
export async function countLinesBefore(file: FileHandle, offset: number): Promise<number> {
  const buffer = new Uint8Array(READ_BYTES);
  let count = 0;
  for (let at = 0; at < offset;) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(READ_BYTES, offset - at), at);
    if (bytesRead === 0) break;
    for (let i = 0; i < bytesRead; i++) if (buffer[i] === NEWLINE) count++;
    at += bytesRead;
  }
  return count;
}
