import { beforeEach, expect, test, vi } from 'vitest';
import { BoundSelect, shapeQuery } from '../../../extension/engine/run/boundSelect.ts';
import { CheckedStream } from '../../../extension/engine/run/checkedStream.ts';
import { readFewRows } from '../../../extension/engine/run/fewRows.ts';
import { EngineDatabase } from '../../support/engineDatabase.ts';

const never = new AbortController().signal;
let database: EngineDatabase;
beforeEach(async () => {
  database = await EngineDatabase.open();
});

test('binds once for its columns and its rows', async () => {
  const { connection } = database;
  const prepare = vi.spyOn(connection, 'prepare');
  const run = vi.spyOn(connection, 'run');
  const select = await BoundSelect.bind(connection, { sql: 'SELECT x, x * 0.5 AS half FROM range(10) t(x)' }, 3);
  expect(select.shape.columns).toEqual([
    { name: 'x', type: 'BIGINT' },
    { name: 'half', type: 'DECIMAL(21,1)' },
  ]);
  const { batches } = await readFewRows(connection, select, never);
  expect(batches.map(({ numRows }) => numRows)).toEqual([3]);
  expect(prepare).toHaveBeenCalledTimes(1);
  expect(run.mock.calls.map(([sql]) => sql)).toEqual(['BEGIN TRANSACTION READ ONLY', 'ROLLBACK']);
});

test('keeps the order of its rows', async () => {
  const sql = 'SELECT (x * 7919) % 300007 AS x FROM range(300007) t(x) ORDER BY x DESC';
  const select = await BoundSelect.bind(database.connection, { sql });
  const stream = await CheckedStream.open(database.connection, select, never);
  const values: number[] = [];
  for (let batch = await stream.next(never); batch; batch = await stream.next(never)) {
    for (const value of batch.getChildAt(0)?.toArray() as BigInt64Array) values.push(Number(value));
  }
  await stream.close();
  expect(values).toEqual(Array.from({ length: 300_007 }, (_, i) => 300_006 - i));
});

test('reads what was there when it was bound', async () => {
  await database.connection.run('CREATE TABLE t AS SELECT 1 AS x');
  const select = await BoundSelect.bind(database.connection, { sql: 'SELECT * FROM t' });
  const other = await database.pool.acquire();
  await other.run("CREATE OR REPLACE TABLE t AS SELECT 'two' AS x, 'three' AS y");
  const { batches } = await readFewRows(database.connection, select, never);
  expect(batches.map((batch) => batch.getChildAt(0)?.get(0) as number)).toEqual([1]);
  expect((await shapeQuery(database.connection, 'SELECT * FROM t')).columns).toHaveLength(2);
});

test('leaves a connection that works when nothing can be bound', async () => {
  const sql = 'SELECT é, nope FROM (SELECT 1 AS é)';
  await expect(shapeQuery(database.connection, sql)).rejects.toMatchObject({
    code: 'query-failed',
    details: { offset: sql.indexOf('nope') },
  });
  expect(await shapeQuery(database.connection, 'SELECT 1 AS a, 2 AS a')).toMatchObject({
    columns: [{ name: 'a' }, { name: 'a_1' }],
  });
});
