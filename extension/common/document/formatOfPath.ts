import type { SourceFormat } from './pikaDocument.ts';

const FORMAT_OF_EXTENSION: ReadonlyMap<string, SourceFormat> = new Map<string, SourceFormat>([
  ['csv', 'csv'],
  ['tsv', 'tsv'],
  ['tab', 'tsv'],
  ['json', 'json'],
  ['geojson', 'json'],
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
  ['parquet', 'parquet'],
  ['parq', 'parquet'],
  ['pq', 'parquet'],
  ['arrow', 'arrow'],
  ['arrows', 'arrow'],
  ['feather', 'arrow'],
  ['ipc', 'arrow'],
  ['duckdb', 'duckdb'],
  // An SQLite database of this name is recognised by its content.
  ['db', 'duckdb'],
  ['sqlite', 'sqlite'],
  ['sqlite3', 'sqlite'],
]);

const COMPRESSIBLE: ReadonlySet<SourceFormat> = new Set<SourceFormat>(['csv', 'tsv', 'json', 'jsonl']);

/** The kind of data file that a path's ending names, `.gz` and `.zst` of text files included; null when it names none. */
export function formatOfPath(path: string): SourceFormat | null {
  const match = /\.([^./\\]+?)(\.(?:gz|zst))?$/i.exec(path);
  const format = FORMAT_OF_EXTENSION.get(match?.[1]?.toLowerCase() ?? '') ?? null;
  const isCompressed = match?.[2] !== undefined;
  return format && isCompressed && !COMPRESSIBLE.has(format) ? null : format;
}
