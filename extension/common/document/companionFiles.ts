import type { SourceFormat } from './pikaDocument.ts';

/** Endings of the files in which SQLite and DuckDB keep what is not yet in the database itself. */
const LOG_ENDINGS = ['-wal', '.wal'];

/** Files beside a source's own that hold rows of it, where they exist: the write-ahead logs of databases. */
export function companionFiles(path: string, format: SourceFormat): readonly string[] {
  return format === 'duckdb' || format === 'sqlite' ? LOG_ENDINGS.map((ending) => path + ending) : [];
}
