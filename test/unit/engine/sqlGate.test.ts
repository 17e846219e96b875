import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SqlInspection } from '#common/protocol/engineContract';
import { SqlGate } from '../../../extension/engine/gate/sqlGate.ts';
import { EngineDatabase } from '../../support/engineDatabase.ts';

let gate: SqlGate;
let connection: DuckDBConnection;
const attached: string[] = [];
beforeAll(async () => {
  ({ connection } = await EngineDatabase.open());
  const serialize = async (sql: string) => {
    const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
    return reader.getRows()[0]?.[0] as string;
  };
  gate = new SqlGate(
    serialize,
    async (catalogs) => void attached.push(...catalogs),
    () => false,
  );
});

/** The references of a statement, written as they stand in its text. */
function checkTables(name: string, sql: string, expected: readonly string[]): void {
  test(name, async () => {
    const inspection = await gate.inspect(sql);
    const tables = inspection.kind === 'select' ? inspection.tables : [inspection];
    const written = tables.map((table) => ('start' in table ? sql.slice(table.start, table.end) : table));
    expect(written).toEqual(expected);
  });
}

function check(name: string, sql: string, expected: Partial<SqlInspection>): void {
  test(name, async () => expect(await gate.inspect(sql)).toMatchObject(expected));
}

describe('finds table references', () => {
  checkTables('after FROM and JOIN, in order', 'SELECT * FROM a JOIN b USING (x), c', ['a', 'b', 'c']);
  checkTables('written with quotes', 'FROM "my ""t""" JOIN "select" USING (x)', ['"my ""t"""', '"select"']);
  checkTables('behind text of several bytes a character', 'SELECT \'🐦é\' FROM größe, "日本"', ['größe', '"日本"']);
  checkTables('in subqueries', 'SELECT (FROM a), x IN (SELECT y FROM b) FROM c WHERE EXISTS (FROM d)', [
    'a',
    'b',
    'c',
    'd',
  ]);
  checkTables('but not expressions named by WITH', 'WITH c AS (FROM a), d AS (FROM c) FROM d JOIN b USING (x)', [
    'a',
    'b',
  ]);
  checkTables('under a name that WITH gives later to itself', 'WITH a AS (FROM a) FROM a', ['a']);
  checkTables(
    'in recursive expressions',
    'WITH RECURSIVE c AS (SELECT 1 AS x UNION ALL SELECT x FROM c JOIN a USING (x)) FROM c',
    ['a'],
  );
  checkTables('but not qualified ones', 'FROM main.a, b', ['b']);
  checkTables('of files', "FROM 'data/x.csv' AS x", ["'data/x.csv'"]);
  checkTables('in DESCRIBE, SUMMARIZE and PIVOT', 'PIVOT t ON a IN (1, 2) USING sum(b)', ['t']);
  checkTables('in set operations', '(FROM a) UNION ALL BY NAME (FROM b)', ['a', 'b']);
  checkTables('behind comments', '/* FROM z */ FROM -- y\n a', ['a']);
});

describe('lets only one reading SELECT pass', () => {
  check('empty text', ' -- nothing\n ; ', { kind: 'empty' });
  check('two statements', 'SELECT 1; SELECT 2', { kind: 'refused' });
  for (const sql of [
    'CREATE TABLE x (a INT)',
    'INSERT INTO x VALUES (1)',
    "COPY (SELECT 1) TO 'x.csv'",
    "ATTACH 'x.db'",
    'EXPLAIN ANALYZE SELECT 1',
    'SET threads = 1',
    'CALL checkpoint()',
    'PRAGMA database_size',
    'INSTALL httpfs',
    'PIVOT x ON y USING sum(z)',
    'SELECT * FROM enable_logging()',
    "FROM (FROM query('SELECT 1'))",
    "SELECT * FROM a WHERE EXISTS (FROM json_execute_serialized_sql('x'))",
    "SELECT nextval('s')",
    "SELECT WRITE_LOG('x')",
    'SELECT sleep_ms(10)',
  ]) {
    check(sql, sql, { kind: 'refused' });
  }
  check('table functions that read', "SELECT * FROM read_csv('a.csv'), range(3), unnest([1])", { kind: 'select' });
});

describe('says where a syntax error is', () => {
  check('counted in UTF-16', "SELECT '🐦é', a b c FROM t", { kind: 'syntax-error', offset: 18 });
  check('at the end of the text', 'SELECT (1', { kind: 'syntax-error', offset: 9 });
  test('when it passes the statement on', async () => {
    await expect(gate.pass('SELEC 1')).rejects.toMatchObject({ code: 'query-syntax', details: { offset: 0 } });
    await expect(gate.pass('DROP TABLE x')).rejects.toMatchObject({ code: 'query-refused' });
    await expect(gate.pass('')).rejects.toMatchObject({ code: 'query-syntax' });
  });
});

test('hands a statement on without the semicolons around it, at the same offsets', async () => {
  const passed = await Promise.all(
    [';;SELECT 1;', "SELECT ';' ; -- x", 'SELECT 1 /* ; /* ; */ */;', 'SELECT $a$;$a$;', 'SELECT ";" FROM t;;'].map(
      (sql) => gate.pass(sql),
    ),
  );
  expect(passed).toEqual([
    '  SELECT 1',
    "SELECT ';' ",
    'SELECT 1 /* ; /* ; */ */',
    'SELECT $a$;$a$',
    'SELECT ";" FROM t',
  ]);
});

test('asks for the catalogs that a statement names', async () => {
  await gate.pass('FROM "pika_0".main.data JOIN t USING (x) JOIN "duckdb:/a b".s.v USING (y)');
  expect(attached).toEqual(['pika_0', 'duckdb:/a b']);
});

describe('tells the rows of a table and an alias of its name from the table', () => {
  check('rows', 'SELECT list(t) FROM t', { kind: 'select', mentions: [{ name: 't', means: 'rows', start: 12 }] });
  check('an alias', 'SELECT t.a FROM x t, t b', {
    kind: 'select',
    mentions: [{ name: 't', means: 'alias', start: 7 }],
  });
  check('no alias of another name', 'SELECT b.a FROM t b', { kind: 'select', mentions: [] });
});

describe('says whether a statement gives the same rows again', () => {
  check('without chance', "SELECT md5('random()'), now() FROM range(3)", { kind: 'select', isVolatile: false });
  for (const sql of [
    'SELECT Random() * 6 FROM range(3)',
    'SELECT * FROM t ORDER BY uuid()',
    'WITH c AS (SELECT random() AS x) FROM c',
    'SELECT * FROM range(CAST(random() * 9 AS BIGINT))',
    'FROM t USING SAMPLE 10%',
    'FROM t USING SAMPLE reservoir(5 ROWS) REPEATABLE (42)',
    'SELECT * FROM a JOIN (FROM t TABLESAMPLE bernoulli(5%)) USING (x)',
  ]) {
    check(sql, sql, { kind: 'select', isVolatile: true });
  }

  test('as DuckDB does of each of its functions', async () => {
    const listed = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability = 'VOLATILE'";
    const names = (await connection.runAndReadAll(listed)).getRows().map(([name]) => String(name));
    expect(names).toContain('random');
    for (const name of names) {
      const inspection = await gate.inspect(`SELECT ${name}()`);
      expect([name, inspection.kind === 'select' ? inspection.isVolatile : inspection.kind]).toEqual([
        name,
        inspection.kind === 'select' ? true : 'refused',
      ]);
    }
  });
});
