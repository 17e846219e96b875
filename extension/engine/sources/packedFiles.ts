import type { SourceFile } from './sourceFiles.ts';

const PACKED = /\.(?:gz|zst)$/i;
/** Text shrinks to about a quarter. */
const PACKING_FACTOR = 4;

/** Whether a file's name says that it is compressed as a whole. */
export function isPackedFile(path: string): boolean {
  return PACKED.test(path);
}

/** About how many bytes a file has once it is unpacked. */
export function unpackedBytes({ path, byteLength }: SourceFile): number {
  return isPackedFile(path) ? byteLength * PACKING_FACTOR : byteLength;
}
