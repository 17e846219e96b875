import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QueryParameters } from '#common/sql/parameters';
import { totalTimeMs, type PlanOperator } from '#common/sql/queryPlan';
import { checkSql } from '../../../extension/engine/sql/checkSql.ts';
import { explainQuery } from '../../../extension/engine/sql/explainQuery.ts';
import { readSqlFunctions } from '../../../extension/engine/sql/sqlFunctions.ts';
import { suggestKeywords } from '../../../extension/engine/sql/suggestKeywords.ts';
import { EngineInProcess } from '../../support/engineInProcess.ts';

const never = new AbortController().signal;
const TABLES = [
  {
    name: 'flights',
    columns: [
      { name: 'delay', type: 'BIGINT' },
      { name: 'origin', type: 'VARCHAR' },
      { name: 'kind', type: "ENUM('a', 'it''s')" },
      { name: 'place', type: 'STRUCT(lat DOUBLE, lon DOUBLE)' },
    ],
  },
];

let folder: string;
let engine: EngineInProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pika-check-'));
  engine = await EngineInProcess.open(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is underlined, and the names offered for it. */
async function underlined(sql: string, parameters: QueryParameters = {}) {
  const problems = await checkSql(engine.engine.services, { sql, tables: TABLES, parameters }, never);
  return problems.map(({ start, end, fixes }) => [sql.slice(start, end), ...fixes]);
}

const MIN: QueryParameters = { min: { type: 'text', value: 'a long text' } };

test.each<[string, string, string[][], QueryParameters?]>([
  ['nothing in a query that binds', "SELECT delay, place.lat FROM flights WHERE kind = 'a'", []],
  ['nothing in an empty text', '  -- nothing yet', []],
  ['a misspelled column', 'SELECT dela FROM flights', [['dela', 'delay']]],
  ['it behind letters of two bytes', "SELECT 'äöü𝄞', dela FROM flights", [['dela', 'delay']]],
  ['a syntax error behind such letters', "SELECT 'äöü𝄞' AS x FRM flights", [['FRM']]],
  ['a misspelled node', 'SELECT * FROM fligths', [['fligths', 'flights']]],
  ['a column of an alias', 'SELECT f.dela FROM flights f', [['dela', 'delay']]],
  ['a function that does not exist', 'SELECT summ(delay) FROM flights', [['summ', 'sum']]],
  ['a call whose types do not fit', 'SELECT sum(origin) FROM flights', [['sum']]],
  ['a second statement', 'SELECT 1; SELECT 2', [['SELECT']]],
  ['what is no SELECT', 'DROP TABLE flights', [['DROP']]],
  ['what would write a file', "COPY flights TO 'x.csv'", [['COPY']]],
  ['a parameter without a value', 'SELECT $min FROM flights', [['$']]],
  ['what follows a parameter', 'SELECT $min, dela FROM flights', [['dela', 'delay']], MIN],
])('underlines %s', async (_, sql, expected, parameters) => {
  expect(await underlined(sql, parameters)).toEqual(expected);
});

test('a text of a megabyte is answered', async () => {
  const sql = `SELECT '${'x'.repeat(1_000_000)}' AS a, dela FROM flights`;
  expect(await underlined(sql)).toEqual([['dela', 'delay']]);
});

test('a node with 10,000 columns is bound', async () => {
  const columns = Array.from({ length: 10_000 }, (_, i) => ({ name: `c${i}`, type: 'DOUBLE' }));
  const request = { sql: 'SELECT c9999, c10000 FROM wide', tables: [{ name: 'wide', columns }], parameters: {} };
  const [problem] = await checkSql(engine.engine.services, request, never);
  expect(request.sql.slice(problem?.start, problem?.end)).toBe('c10000');
});

test('functions of the catalogue are those that the gate lets pass', async () => {
  const functions = await readSqlFunctions(engine.engine.services.pool);
  const named = (name: string) => functions.find((each) => each.name === name);
  expect(named('date_trunc')).toMatchObject({
    kind: 'scalar',
    parameters: ['part', 'timestamp'],
    returnType: 'TIMESTAMP',
  });
  expect(named('read_csv')?.kind).toBe('table');
  expect(named('query')).toBeUndefined();
  expect(named('nextval')).toBeUndefined();
});

test('keywords are those that the grammar takes, without the ones that act', async () => {
  const { pool } = engine.engine.services;
  expect((await suggestKeywords(pool, 'SELECT 1 FROM x GR'))[0]).toBe('GROUP');
  expect(await suggestKeywords(pool, 'D')).not.toContain('DROP');
});

test('a plan tells what each operator read, as DuckDB counted it', async () => {
  const sql = 'SELECT range % 10 AS g, count(*) AS n FROM range(100000) GROUP BY g ORDER BY g';
  const plan = await explainQuery(engine.engine.services, sql, never);
  const operators = flat(plan.root);
  expect(operators[0]?.rowCount).toBe(10);
  expect(operators.at(-1)).toMatchObject({ name: 'RANGE', rowCount: 100_000, estimatedRowCount: 100_000 });
  expect(operators.map(({ name }) => name)).toContain('HASH_GROUP_BY');
  expect(totalTimeMs(plan.root)).toBeGreaterThan(0);
});

test('only what may run is explained', async () => {
  await expect(explainQuery(engine.engine.services, 'DROP TABLE x', never)).rejects.toMatchObject({
    code: 'query-refused',
  });
});

function flat(operator: PlanOperator): readonly PlanOperator[] {
  return [operator, ...operator.children.flatMap(flat)];
}
