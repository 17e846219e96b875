/** Rows per Arrow record batch: the fastest size measured for DuckDB vectors to Arrow. */
export const BATCH_ROWS = 131_072;

/** Rows shown when a table node opens. */
export const FIRST_ROWS = 200;

/** Columns fetched with one table page; more come as the user scrolls sideways. */
export const PAGE_COLUMNS = 64;

/** Above this many rows a plot is aggregated by DuckDB instead of shipping its columns: about 16 MB of messages. */
export const COLUMN_PLOT_ROWS = 2_000_000;

/** A CSV or JSON file above this size is imported in the background, in bytes. */
export const IMPORT_FROM_BYTES = 8 * 1024 * 1024;

/** Statements the engine runs at once; each holds one thread of its process's pool. */
export const ENGINE_STATEMENTS = 4;

/** Threads of the engine process's pool: its statements, and file reading beside them. */
export const ENGINE_POOL_THREADS = 8;
