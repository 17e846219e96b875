/** Folders of a hostile test: `inside` may be read, `outside` holds what must stay unknown. */
export interface HostileFolders {
  readonly inside: string;
  readonly outside: string;
}

/** A statement and the codes of which one has to refuse it. */
export type RefusedCase = readonly [name: string, sql: (folders: HostileFolders) => string, codes: readonly string[]];

const REFUSED = ['query-refused'];
const OUTSIDE = ['source-outside'];
const SYNTAX = ['query-syntax'];
const FAILED = ['query-failed'];

const same = (sql: string) => () => sql;
const outside = (sql: (path: string) => string) => (folders: HostileFolders) => sql(`${folders.outside}/secret.csv`);

/** Reads of files that no allowed folder holds. */
export const OUTSIDE_READS: readonly RefusedCase[] = [
  ['read_csv', outside((path) => `FROM read_csv('${path}')`), OUTSIDE],
  ['a file name as a table', outside((path) => `FROM '${path}'`), OUTSIDE],
  ['..', ({ inside }) => `FROM '${inside}/../outside/secret.csv'`, OUTSIDE],
  ['.. from the search path', same("FROM '../outside/secret.csv'"), OUTSIDE],
  ['a link to a file', ({ inside }) => `FROM '${inside}/link.csv'`, OUTSIDE],
  ['a link to a folder', ({ inside }) => `FROM '${inside}/linkFolder/secret.csv'`, OUTSIDE],
  ['a glob', (folders) => `FROM '${folders.outside}/*.csv'`, OUTSIDE],
  ['the names in a folder', (folders) => `FROM glob('${folders.outside}/*')`, OUTSIDE],
  ['the names in a linked folder', ({ inside }) => `FROM glob('${inside}/linkFolder/*')`, OUTSIDE],
  [
    'a list with one good file',
    ({ inside, outside: far }) => `FROM read_csv(['${inside}/data.csv', '${far}/secret.csv'])`,
    OUTSIDE,
  ],
  ['read_text', outside((path) => `FROM read_text('${path}')`), OUTSIDE],
  ['read_blob', outside((path) => `FROM read_blob('${path}')`), OUTSIDE],
  ['sniff_csv', outside((path) => `FROM sniff_csv('${path}')`), OUTSIDE],
  ['read_json', outside((path) => `FROM read_json('${path}')`), OUTSIDE],
  ['read_ndjson_objects', outside((path) => `FROM read_ndjson_objects('${path}')`), OUTSIDE],
  ['read_parquet', outside((path) => `FROM read_parquet('${path}')`), OUTSIDE],
  ['parquet_metadata', outside((path) => `FROM parquet_metadata('${path}')`), OUTSIDE],
  ['file://', outside((path) => `FROM 'file://${path}'`), OUTSIDE],
  ['a subquery', outside((path) => `SELECT (SELECT content FROM read_text('${path}'))`), OUTSIDE],
  ['a common table expression', outside((path) => `WITH a AS MATERIALIZED (FROM '${path}') FROM a`), OUTSIDE],
  ['the environment of the process', same("FROM read_text('/proc/self/environ')"), OUTSIDE],
  ['an endless device', same("FROM read_blob('/dev/zero')"), OUTSIDE],
  ['read_duckdb', ({ outside: far }) => `FROM read_duckdb('${far}/x.duckdb')`, REFUSED],
];

/** Reads from other machines, and what would make them possible. */
export const NETWORK_READS: readonly RefusedCase[] = [
  ['https', same("FROM 'https://example.org/x.csv'"), REFUSED],
  ['https with read_csv', same("FROM read_csv('https://example.org/x.csv')"), REFUSED],
  ['s3', same("FROM read_parquet('s3://bucket/x.parquet')"), REFUSED],
  ['gcs', same("FROM read_json('gs://bucket/x.json')"), REFUSED],
  ['hugging face', same("FROM 'hf://datasets/a/b.csv'"), REFUSED],
  ['postgres_scan', same("FROM postgres_scan('host', 'public', 't')"), REFUSED],
  ['sqlite_scan', same("FROM sqlite_scan('x.db', 't')"), REFUSED],
  ['iceberg_scan', same("FROM iceberg_scan('x')"), REFUSED],
  ['INSTALL', same('INSTALL httpfs'), REFUSED],
  ['LOAD', same('LOAD httpfs'), REFUSED],
  ['LOAD of a file', (folders) => `LOAD '${folders.inside}/x.duckdb_extension'`, REFUSED],
  ['CREATE SECRET', same('CREATE SECRET s (TYPE s3)'), REFUSED],
  ['DROP SECRET', same('DROP SECRET s'), REFUSED],
  ['duckdb_secrets', same('FROM duckdb_secrets()'), REFUSED],
  ['which_secret', same("FROM which_secret('s3://x', 's3')"), REFUSED],
];

/** Statements that write files or change the database. */
export const WRITES: readonly RefusedCase[] = [
  ['COPY TO', (folders) => `COPY (SELECT 1) TO '${folders.outside}/x.csv'`, REFUSED],
  ['COPY TO an allowed folder', (folders) => `COPY (SELECT 1) TO '${folders.inside}/x.csv'`, REFUSED],
  ['COPY FROM DATABASE', same('COPY FROM DATABASE scratch TO memory'), REFUSED],
  ['EXPORT', (folders) => `EXPORT DATABASE '${folders.outside}/x'`, REFUSED],
  ['IMPORT', (folders) => `IMPORT DATABASE '${folders.outside}'`, REFUSED],
  ['ATTACH', (folders) => `ATTACH '${folders.outside}/x.db'`, REFUSED],
  ['ATTACH in memory', same("ATTACH ':memory:' AS m"), REFUSED],
  ['DETACH', same('DETACH scratch'), REFUSED],
  ['CREATE TABLE', same('CREATE TABLE x AS SELECT 1'), REFUSED],
  ['CREATE TEMP VIEW', same('CREATE TEMP VIEW x AS SELECT 1'), REFUSED],
  ['INSERT', same('INSERT INTO x VALUES (1)'), REFUSED],
  ['UPDATE', same('UPDATE x SET a = 1'), REFUSED],
  ['DELETE', same('DELETE FROM x'), REFUSED],
  ['MERGE', same('MERGE INTO x USING y ON true WHEN MATCHED THEN DELETE'), REFUSED],
  ['DROP', same('DROP SCHEMA main CASCADE'), REFUSED],
  ['a changing common table expression', same('WITH a AS (DELETE FROM x RETURNING *) FROM a'), SYNTAX],
  ['SELECT INTO', same('SELECT 1 AS a INTO x'), SYNTAX],
  ['CHECKPOINT', same('CHECKPOINT'), REFUSED],
  ['VACUUM', same('VACUUM'), REFUSED],
  ['EXPLAIN ANALYZE INSERT', same('EXPLAIN ANALYZE INSERT INTO x VALUES (1)'), REFUSED],
  ['EXPLAIN ANALYZE COPY', (folders) => `EXPLAIN ANALYZE COPY (SELECT 1) TO '${folders.outside}/x.csv'`, REFUSED],
  ['BEGIN', same('BEGIN'), REFUSED],
  ['PREPARE', same('PREPARE p AS SELECT 1'), REFUSED],
  ['EXECUTE', same('EXECUTE p'), REFUSED],
];

/** Statements that change how the engine works. */
export const SETTINGS: readonly RefusedCase[] = [
  ['SET', same('SET threads = 99'), REFUSED],
  ['SET GLOBAL', same('SET GLOBAL enable_external_access = true'), REFUSED],
  ['SET of a setting that is not locked', same('SET errors_as_json = false'), REFUSED],
  ['RESET', same('RESET lock_configuration'), REFUSED],
  ['PRAGMA', same('PRAGMA enable_external_access = true'), REFUSED],
  ['PRAGMA as a call', same("PRAGMA json_execute_serialized_sql('{}')"), REFUSED],
  ['SET VARIABLE', same('SET VARIABLE x = 1'), REFUSED],
  ['USE', same('USE memory'), REFUSED],
  ['a macro in the place of a table function', same('CREATE MACRO range(x) AS TABLE FROM enable_logging()'), REFUSED],
  ['a macro in the place of a function', same('CREATE TEMP MACRO abs(x) AS x'), REFUSED],
];

/** Functions that act, or that hide a statement in a text. */
export const ACTING_FUNCTIONS: readonly RefusedCase[] = [
  [
    'CALL enable_logging',
    (folders) => `CALL enable_logging(storage = 'file', storage_path = '${folders.outside}/log')`,
    REFUSED,
  ],
  [
    'FROM enable_logging',
    (folders) => `FROM enable_logging(storage = 'file', storage_path = '${folders.outside}/log')`,
    REFUSED,
  ],
  ['enable_logging in a subquery', same('SELECT (SELECT count(*) FROM enable_logging())'), REFUSED],
  ['disable_logging', same('FROM disable_logging()'), REFUSED],
  ['truncate_duckdb_logs', same('FROM truncate_duckdb_logs()'), REFUSED],
  ['duckdb_logs', same('FROM duckdb_logs()'), REFUSED],
  ['checkpoint', same('FROM checkpoint()'), REFUSED],
  ['checkpoint under a name that WITH gives', same('WITH checkpoint AS (SELECT 1) FROM checkpoint()'), REFUSED],
  ['force_checkpoint', same('FROM force_checkpoint()'), REFUSED],
  ['copy_database', same("FROM copy_database('a', 'b')"), REFUSED],
  ['import_database', (folders) => `FROM import_database('${folders.outside}')`, REFUSED],
  ['query', same("FROM query('SELECT 1')"), REFUSED],
  ['query_table', same("FROM query_table('x')"), REFUSED],
  ['json_execute_serialized_sql', same("FROM json_execute_serialized_sql('{}')"), REFUSED],
  ['sql_auto_complete', same("FROM sql_auto_complete('FROM ''/')"), REFUSED],
  ['a name with a look-alike letter', same('FROM en\u0430ble_logging()'), REFUSED],
  ['nextval', same("SELECT nextval('s')"), REFUSED],
  ['nextval with a schema', same("SELECT main.nextval('s')"), REFUSED],
  ['nextval in quotes and capitals', same('SELECT "NextVal"(\'s\')'), REFUSED],
  ['nextval behind an invisible space', same("SELECT nextval\u200b('s')"), REFUSED],
  ['nextval in a lambda', same("SELECT list_transform([1], lambda x: nextval('s'))"), REFUSED],
  ['nextval in ORDER BY', same("SELECT 1 ORDER BY nextval('s')"), REFUSED],
  ['nextval in FILTER', same("SELECT sum(1) FILTER (nextval('s') > 0)"), REFUSED],
  ['nextval in a window', same("SELECT sum(1) OVER (ORDER BY nextval('s'))"), REFUSED],
  ['nextval in LIMIT', same("SELECT 1 LIMIT nextval('s')"), REFUSED],
  ['nextval in VALUES', same("VALUES (nextval('s'))"), REFUSED],
  ['nextval in an argument', same("FROM range(nextval('s'))"), REFUSED],
  ['nextval in REPLACE', same("SELECT * REPLACE (nextval('s') AS range) FROM range(1)"), REFUSED],
  ['nextval in a join condition', same("FROM range(1) a JOIN range(1) b ON nextval('s') = 1"), REFUSED],
  ['nextval in PIVOT', same("PIVOT (SELECT 1 AS a, nextval('s') AS b) ON a IN (1) USING sum(b)"), REFUSED],
  ['setseed', same('SELECT setseed(0.5)'), REFUSED],
  ['write_log', same("SELECT write_log('x')"), REFUSED],
  ['sleep_ms', same('SELECT sleep_ms(100000)'), REFUSED],
];

/** A second statement, hidden or not, and texts that try to leave the brackets they are put in. */
export const HIDDEN_STATEMENTS: readonly RefusedCase[] = [
  ['two statements', same('SELECT 1; SELECT 2'), REFUSED],
  ['behind a comment', (folders) => `SELECT 1 /* ; */; COPY (SELECT 1) TO '${folders.outside}/x.csv'`, REFUSED],
  ['behind a line comment', same('SELECT 1 -- ;\n; CREATE TABLE x (a INT)'), REFUSED],
  ['behind a line comment that ends with a carriage return', same('SELECT 1 --\r; DROP TABLE x'), REFUSED],
  ['behind nested comments', same('SELECT 1 /* /* */ ; SELECT 2 */ ; SELECT 3'), REFUSED],
  ['behind dollar quotes', same('SELECT $$a;b$$; DROP TABLE x'), REFUSED],
  ['behind tagged dollar quotes', same('SELECT $a$ $$ ; $a$; DROP TABLE x'), REFUSED],
  ['behind an escaped quote', same("SELECT E'\\''; DROP TABLE x --'"), REFUSED],
  ['behind a NUL', same('SELECT 1\0; DROP TABLE x'), SYNTAX],
  ['a closing bracket', (folders) => `SELECT 1) TO '${folders.outside}/x.csv' --`, SYNTAX],
  ['a closing and an opening bracket', same('SELECT 1) LIMIT 0; COPY (SELECT 1'), SYNTAX],
  ['an open comment', same('SELECT 1 /*'), SYNTAX],
  ['an open dollar quote', same('SELECT 1 $$'), SYNTAX],
  ['a NUL in a file name', ({ inside }) => `FROM '${inside}/data.csv\0/../../outside/secret.csv'`, SYNTAX],
  ['a keyword with a look-alike letter', same('SELEC\u0422 1'), SYNTAX],
  ['look-alike brackets', same('SELECT nextval\uff08 1\uff09'), [...SYNTAX, ...FAILED]],
  ['a space that does not break', (folders) => `COPY\u00a0(SELECT 1) TO '${folders.outside}/x.csv'`, REFUSED],
];

const DEEP = 50_000;
const nested = (open: string, close: string) => same(`SELECT ${open.repeat(DEEP)}1${close.repeat(DEEP)}`);

/** Texts that are too deep or too large to be worked on. */
export const OVERSIZED_TEXTS: readonly RefusedCase[] = [
  ['brackets', nested('(', ')'), SYNTAX],
  ['brackets that stay open', nested('(', ''), SYNTAX],
  ['subqueries', nested('(SELECT ', ')'), SYNTAX],
  ['derived tables', same(`${'SELECT * FROM ('.repeat(DEEP)}SELECT 1${')'.repeat(DEEP)}`), SYNTAX],
  ['calls', nested('abs(', ')'), SYNTAX],
  ['lists', nested('[', ']'), SYNTAX],
  ['conditions', nested('CASE WHEN 1 THEN ', ' END'), SYNTAX],
  ['negations', nested('NOT ', ''), SYNTAX],
  ['casts', nested('', '::INT'), SYNTAX],
  ['common table expressions', same(`${'WITH a AS ('.repeat(DEEP)}SELECT 1${') FROM a'.repeat(DEEP)}`), SYNTAX],
  ['a sum of half a million numbers', same(`SELECT ${'1+'.repeat(500_000)}1`), SYNTAX],
  ['a list larger than any result', same('SELECT range(1000000000000)'), REFUSED],
  ['a list that is only counted', same('SELECT len(range(1000000000))'), REFUSED],
  ['a list counted downwards', same('SELECT len(generate_series(0, -1000000000, -1))'), REFUSED],
  ['a list in an argument of a table function', same('FROM unnest(range(1000000000))'), REFUSED],
  ['a text repeated by a cast number', same("SELECT length(repeat('a', 1e9::BIGINT))"), REFUSED],
  ['a text padded beyond 64 bits', same("SELECT rpad('a', 100000000000000000000, 'b')"), REFUSED],
  ['a list resized in a lambda', same('SELECT list_transform([1], lambda x: list_resize([x], 900000000))'), REFUSED],
  ['a text larger than any value', same("SELECT repeat('x', 10000000000)"), REFUSED],
  ['a billion values in one list', same('SELECT len(list(range)) FROM range(1000000000)'), FAILED],
  ['ten gigabytes in one text', same("SELECT length(string_agg(repeat('x', 1000), '')) FROM range(10000000)"), FAILED],
];
