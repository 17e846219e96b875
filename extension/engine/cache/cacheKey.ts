import { createHash } from 'node:crypto';
import type { SourceRequest } from '#common/protocol/engineContract';
import type { SourceFiles } from '../sources/sourceFiles.ts';

const KEY_LENGTH = 32;
/** Raised when the content of cache files changes. */
const CACHE_VERSION = 3;

/** Names what an import reads: equal for equal files, sizes, times, options and DuckDB versions, in every window. */
export function cacheKey(request: SourceRequest, found: SourceFiles, duckdbVersion: string): string {
  const files = found.files.map(({ path, byteLength, modifiedMs }) => [path, byteLength, modifiedMs]);
  const options = Object.entries(request.options).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([CACHE_VERSION, duckdbVersion, request.format, files, options]);
  return createHash('sha256').update(text).digest('hex').slice(0, KEY_LENGTH);
}
