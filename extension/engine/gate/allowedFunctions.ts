/**
 * Table functions a SELECT may call: those that only read. Everything else is refused, above all those that act
 * (`enable_logging`, `checkpoint`, …) and those that hide SQL in a string (`query`, `json_execute_serialized_sql`).
 */
export const ALLOWED_TABLE_FUNCTIONS: ReadonlySet<string> = new Set([
  'range',
  'generate_series',
  'repeat',
  'repeat_row',
  'unnest',
  'read_csv',
  'read_csv_auto',
  'sniff_csv',
  'read_parquet',
  'parquet_scan',
  'parquet_schema',
  'parquet_metadata',
  'parquet_file_metadata',
  'parquet_kv_metadata',
  'read_json',
  'read_json_auto',
  'read_json_objects',
  'read_json_objects_auto',
  'read_ndjson',
  'read_ndjson_auto',
  'read_ndjson_objects',
  'read_text',
  'read_blob',
  'json_each',
  'json_tree',
  'glob',
  'histogram',
  'histogram_values',
  'summary',
  'duckdb_tables',
  'duckdb_columns',
  'duckdb_views',
  'duckdb_types',
  'duckdb_functions',
  'duckdb_keywords',
  'duckdb_settings',
  'pragma_table_info',
  'pragma_version',
  'pg_timezone_names',
  'icu_calendar_names',
  'test_all_types',
]);

/** Table functions that read a lake's table past DuckDB's own file system: only below an open connection's address. */
export const LAKE_FUNCTIONS: ReadonlySet<string> = new Set(['iceberg_scan', 'delta_scan']);

/** Scalar functions that act although they stand in a SELECT, or only hold a thread. */
export const DENIED_FUNCTIONS: ReadonlySet<string> = new Set([
  'nextval',
  'write_log',
  'setseed',
  'pg_sleep',
  'sleep_ms',
]);

/** Table functions of DuckDB that act or run SQL from a text; not even a view or macro stored in a database file may call them. */
export const ACTING_TABLE_FUNCTIONS: ReadonlySet<string> = new Set([
  'enable_logging',
  'disable_logging',
  'truncate_duckdb_logs',
  'duckdb_logs',
  'duckdb_secrets',
  'which_secret',
  'checkpoint',
  'force_checkpoint',
  'copy_database',
  'import_database',
  'query',
  'json_execute_serialized_sql',
  'read_duckdb',
  'sql_auto_complete',
]);

/** Functions that may give another value each time they are called: those that `duckdb_functions()` calls volatile. */
export const VOLATILE_FUNCTIONS: ReadonlySet<string> = new Set([
  'random',
  'uuid',
  'gen_random_uuid',
  'uuidv4',
  'uuidv7',
  'currval',
  'current_connection_id',
  'current_query',
  'current_query_id',
  'current_transaction_id',
  'error',
  'stats',
]);
