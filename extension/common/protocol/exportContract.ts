/** Formats that are text and may be compressed; they are what the clipboard can take. */
export type TextFormat = 'csv' | 'tsv' | 'json' | 'jsonl';

/** Formats that rows can be exported to. */
export type ExportFormat = TextFormat | 'parquet' | 'arrow' | 'duckdb';

export type TextCompression = 'none' | 'gzip' | 'zstd';
export type ParquetCodec = 'zstd' | 'snappy' | 'gzip' | 'lz4' | 'brotli' | 'uncompressed';

/** A format with its options. */
export type ExportSpec =
  | { readonly format: 'csv' | 'tsv'; readonly hasHeader: boolean; readonly compression: TextCompression }
  | { readonly format: 'json' | 'jsonl'; readonly compression: TextCompression }
  | { readonly format: 'parquet'; readonly codec: ParquetCodec; readonly rowGroupRows: number }
  | { readonly format: 'arrow' }
  /** A table of a DuckDB file; the file's other tables stay. */
  | { readonly format: 'duckdb'; readonly table: string; readonly replacesTable: boolean };

/** All rows of a SELECT into a file. */
export interface ExportRequest {
  /** Gated like every query. */
  readonly sql: string;
  readonly spec: ExportSpec;
  /** Absolute path; what is there stays until the new file is whole. */
  readonly target: string;
  /** Paths and globs that must not be overwritten; relative ones as in SQL. */
  readonly protectedFiles: readonly string[];
  /** What the time is charged to in spans. */
  readonly subject: string;
}

/** All rows of a SELECT as text, which may not become longer than `maxBytes`. */
export interface ExportTextRequest {
  readonly sql: string;
  readonly format: TextFormat;
  readonly maxBytes: number;
  readonly subject: string;
}

/** Bytes that were made elsewhere, into a file. */
export interface ExportBytesRequest {
  readonly bytes: Uint8Array;
  readonly target: string;
  readonly protectedFiles: readonly string[];
}

/** How far an export is. */
export interface ExportProgress {
  /** Share of the work, 0 to 1; null while unknown. */
  readonly fraction: number | null;
  /** Written so far. */
  readonly byteLength: number;
}

/** A finished export. */
export interface ExportResult {
  readonly rowCount: number;
  readonly byteLength: number;
  /** One sentence each on what the format could not hold as it was. */
  readonly notices: readonly string[];
}
