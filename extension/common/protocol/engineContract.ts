import type { RemoteTarget, SourceFormat } from '../document/pikaDocument.ts';
import type { Remedy, WireError } from '../base/pikaError.ts';
import type { Connection } from '../remote/connection.ts';
import type { Span } from '../base/trace.ts';
import type { QueryParameters } from '../sql/parameters.ts';
import type { QueryPlan } from '../sql/queryPlan.ts';
import type { SqlFunction } from '../sql/sqlCatalogue.ts';
import type { SqlProblem, SqlTableShape } from '../sql/sqlProblem.ts';
import type {
  ExportBytesRequest,
  ExportProgress,
  ExportRequest,
  ExportResult,
  ExportTextRequest,
} from './exportContract.ts';

/** Raised with every incompatible change; a mismatch ends the conversation with `protocol-mismatch`. */
export const ENGINE_PROTOCOL_VERSION = 2;

/** The engine's file descriptor over which the bytes of batches leave, beside the messages that they belong to. */
export const ENGINE_DATA_DESCRIPTOR = 4;

/** Priority lanes, most urgent first. */
export type Lane = 'interactive' | 'result' | 'background' | 'idle';

/** Where the engine may work and how much it may use. Paths are absolute. */
export interface EngineConfig {
  /** Folder of this window alone: scratch database and spill files; emptied by the engine when it starts. */
  readonly scratchDirectory: string;
  /** Folder of imported files, shared by all windows. */
  readonly cacheDirectory: string;
  /** Folders (or single files) that queries may read besides the two above. */
  readonly allowedPaths: readonly string[];
  /** Folder against which relative paths in SQL are resolved, or null. */
  readonly searchPath: string | null;
  /** DuckDB `memory_limit`, bytes. */
  readonly memoryLimitBytes: number;
  readonly threads: number;
  /** DuckDB `max_temp_directory_size`, bytes. */
  readonly maxSpillBytes: number;
  /** Imported files beyond this many bytes leave the cache, the least recently used ones first. */
  readonly cacheMaxBytes: number;
  /** Whether DuckDB may load extensions, and download those that are missing. */
  readonly mayLoadExtensions: boolean;
  /** Remote sources that may be read, with their secrets. */
  readonly connections: readonly Connection[];
}

/** A column of a relation; `type` is DuckDB's own type text, e.g. `DECIMAL(18,3)`. */
export interface ColumnInfo {
  readonly name: string;
  readonly type: string;
}

/** Which data to open. */
export interface SourceRequest {
  /** Absolute paths or globs. */
  readonly files: readonly string[];
  readonly format: SourceFormat;
  /** Reader options in DuckDB's words; unknown ones fail with `bad-request`. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly table?: string;
  /** In place of files: what a connection leads to. */
  readonly remote?: RemoteTarget;
}

/** A remark about a source that is no failure, e.g. rows dropped by the reader. */
export interface SourceNotice {
  readonly message: string;
  readonly hint?: string;
  /** Reader options that do away with the cause. */
  readonly remedies?: readonly Remedy[];
  /** Rows were skipped; as table `REJECTED_ROWS` of the source they can be seen. */
  readonly hasRejectedRows?: boolean;
}

/** How a CSV file was found to be written, as texts by reader option, e.g. `delim`; an option that was given stands as given. */
export type FoundDialect = Readonly<Record<string, string>>;

/** How a row of a relation is found by its place, without reading those before it. */
export type RowPlaces =
  /** A table whose `rowid` counts from 0 without gaps. */
  | { readonly kind: 'rowid' }
  /** Parquet files in the order they are read, with the rows of each: by `file_index` and `file_row_number`. */
  | { readonly kind: 'parquet'; readonly fileRows: readonly number[] };

/** An opened source: how to query it and what is known without reading it all. */
export interface SourceDescription {
  /** SQL text that can stand after FROM. */
  readonly relation: string;
  readonly columns: readonly ColumnInfo[];
  /** Null while unknown. */
  readonly rowCount: number | null;
  /** Absent where rows are only found by reading those before them. */
  readonly places?: RowPlaces;
  readonly byteLength: number;
  readonly fileCount: number;
  /**
   * Whether `relation` reads the file in place, a finished import, a table loaded into the engine, or a connection;
   * `unread` has rows only once it is imported.
   */
  readonly access: 'in-place' | 'imported' | 'loaded' | 'remote' | 'unread';
  /** True when `importSource` would make later queries much faster. */
  readonly isImportAdvised: boolean;
  /** A quick even sample of a large text file: about one row in `oneIn`. */
  readonly sample: { readonly relation: string; readonly oneIn: number } | null;
  /** Null for what is no CSV file, or one that was not looked at by itself. */
  readonly dialect: FoundDialect | null;
  readonly notices: readonly SourceNotice[];
}

/** A value bound to a `?` or `$n` parameter. */
export type QueryValue = string | number | bigint | boolean | null;

/** A gated, read-only SELECT. */
export interface QueryRequest {
  readonly sql: string;
  readonly params?: readonly QueryValue[];
  readonly lane: Lane;
  /** What the time is charged to in spans. */
  readonly subject: string;
  /** A newer request with the same key cancels this one. */
  readonly latestKey?: string;
}

/** A whole result, small by construction (`maxRows`). */
export interface QueryResult {
  /** Arrow IPC stream. */
  readonly ipc: Uint8Array;
  readonly columns: readonly ColumnInfo[];
  readonly rowCount: number;
  /** True when the query had more rows than `maxRows`. */
  readonly isTruncated: boolean;
  readonly elapsedMs: number;
}

/** A result pulled batch by batch. */
export interface StreamInfo {
  readonly streamId: string;
  readonly columns: readonly ColumnInfo[];
}

/** One pulled batch; `ipc` null is the end and carries the total. */
export interface StreamBatch<Bytes = Uint8Array> {
  /** A complete Arrow IPC stream of at most `BATCH_ROWS` rows. */
  readonly ipc: Bytes | null;
  readonly rowCount: number;
}

/** A table reference in SQL; `start` and `end` are UTF-16 offsets of the name as written. */
export interface TableReference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A place beside FROM that names a relation; `start` is the UTF-16 offset of the name or of what holds it. */
export interface RelationMention {
  readonly name: string;
  readonly start: number;
  /**
   * `rows`: a table of the query by itself, as in `list(flights)`, unless there is a column of that name. `alias`: what
   * stands before a column is an alias, a common table or a lambda's parameter, and no table that the query reads.
   */
  readonly means: 'rows' | 'alias';
}

/** A single SELECT that only reads. */
export interface SelectInspection {
  readonly kind: 'select';
  /** Unqualified references that are no CTE, in order of appearance. */
  readonly tables: readonly TableReference[];
  /** What tells a table's name from another of the same letters. */
  readonly mentions: readonly RelationMention[];
  /** Other rows each time it runs, of the same data: it draws random values or a sample. */
  readonly isVolatile: boolean;
}

/** What DuckDB's parser says of a statement, without binding or running it. */
export type SqlInspection =
  | SelectInspection
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'syntax-error'; readonly message: string; readonly offset: number | null }
  | { readonly kind: 'empty' };

/** How short memory is: from `elevated` caches are dropped, from `high` background work runs alone, `critical` refuses more of it. */
export type PressureLevel = 'normal' | 'elevated' | 'high' | 'critical';

/** What memory pressure is judged by, in bytes. */
export interface MemoryReadings {
  /** Resident size of the engine process. */
  readonly residentBytes: number;
  /** What DuckDB needs for running statements and tables in memory; cached pages, which it gives up by itself, are not in it. */
  readonly duckdbBytes: number;
  /** Results on their way out of the engine. */
  readonly bufferBytes: number;
  /** What the machine, or the container, has left; null where the system does not say. */
  readonly freeBytes: number | null;
}

/** A change of the pressure level, and what it was judged by. */
export interface MemoryPressure {
  readonly level: PressureLevel;
  readonly readings: MemoryReadings;
}

/** Figures for the status bar and for tests. */
export interface EngineStats {
  readonly pid: number;
  readonly duckdbVersion: string;
  readonly residentBytes: number;
  readonly runningCount: number;
  readonly queuedCount: number;
  readonly openStreamCount: number;
  readonly pressure: PressureLevel;
}

/** Share of work done, 0 to 1. */
export interface Progress {
  readonly fraction: number;
}

/** What the engine answers. */
export interface EngineContract {
  calls: {
    hello: { params: { version: number; config: EngineConfig }; result: { version: number; stats: EngineStats } };
    stats: { params: null; result: EngineStats };
    inspectSql: { params: { sql: string }; result: SqlInspection };
    /** Every function that a query may call. */
    sqlFunctions: { params: null; result: readonly SqlFunction[] };
    /** Keywords that can follow a text. */
    suggestKeywords: { params: { sql: string }; result: readonly string[] };
    /** Faults of a text that reads the given tables; nothing runs. */
    checkSql: {
      params: { sql: string; tables: readonly SqlTableShape[]; parameters: QueryParameters };
      result: readonly SqlProblem[];
    };
    /** Runs a SELECT for its plan alone. */
    explainQuery: { params: { sql: string }; result: QueryPlan };
    /** Columns of a SELECT, found by binding it; nothing runs. */
    describeQuery: { params: { sql: string }; result: readonly ColumnInfo[] };
    describeSource: { params: SourceRequest; result: SourceDescription };
    /** Imports into the cache (or finds it there) and describes the result. Cancelling leaves no partial file. */
    importSource: { params: SourceRequest; result: SourceDescription; progress: Progress };
    /** SQL text after FROM that reads a source in any DuckDB: absolute paths, every option spelt out. */
    portableSource: { params: SourceRequest; result: { relation: string } };
    query: { params: QueryRequest & { maxRows: number }; result: QueryResult; progress: Progress };
    /** With a `streamId` of the caller's, `closeStream` ends the stream even before its answer has arrived. */
    openStream: { params: QueryRequest & { streamId?: string }; result: StreamInfo; progress: Progress };
    /** One more batch; several may be asked for ahead (credits). */
    nextBatch: { params: { streamId: string }; result: StreamBatch };
    closeStream: { params: { streamId: string }; result: null };
    /** Writes all rows to a file. Failing or cancelling leaves no partial file, and an existing one as it was. */
    exportQuery: { params: ExportRequest; result: ExportResult; progress: ExportProgress };
    /** Writes a file whole or not at all. */
    exportBytes: { params: ExportBytesRequest; result: null };
    exportText: { params: ExportTextRequest; result: ExportResult & { text: string }; progress: ExportProgress };
    /** Keeps the rows of a SELECT, in their order, as the scratch table `name`, until `dropRows` or the engine's end. */
    keepRows: {
      params: { sql: string; name: string; lane: Lane; subject: string };
      result: null;
      progress: Progress;
    };
    dropRows: { params: { name: string }; result: null };
    /** Tables and views of a DuckDB or SQLite file as `SourceRequest.table` names them: `schema.name`, the schema left out when it is `main`. */
    listTables: { params: { file: string }; result: readonly string[] };
    /** Removes every import that nothing uses. */
    clearCache: { params: null; result: { freedBytes: number } };
  };
  events: Record<string, never>;
}

/** What the host hears from the engine. */
export interface EngineHostContract {
  calls: Record<string, never>;
  events: {
    span: Span;
    pressure: MemoryPressure;
    /** The engine asks to be ended, because of what it is busy with; calls in flight fail with this. */
    givingUp: WireError;
    log: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
  };
}
