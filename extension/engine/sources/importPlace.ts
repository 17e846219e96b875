import type { JobPlace } from '../scheduler.ts';
import { unpackedBytes } from './packedFiles.ts';
import type { SourceFiles } from './sourceFiles.ts';

/** About what DuckDB imports in a second or two. */
const LARGE_IMPORT_BYTES = 256 * 1024 * 1024;

/**
 * Where the import of some files stands in line. Each is written to a database of its own, so imports never wait for one
 * another's locks. But DuckDB works on one with all of its threads: two large ones at once were measured to take as long as
 * one after the other, with the memory of both, and would leave no place for others. So large ones have one writer, and
 * small ones pass beside it: the rows of a small file never wait for a large one.
 */
export function importPlace({ files }: Pick<SourceFiles, 'files'>): JobPlace {
  const byteLength = files.reduce((sum, file) => sum + unpackedBytes(file), 0);
  return { lane: 'background', ...(byteLength > LARGE_IMPORT_BYTES && { writes: 'large imports' }) };
}
