import { beforeEach, expect, test, vi } from 'vitest';
import { CheckedStream } from '../../../extension/engine/run/checkedStream.ts';
import { BoundSelect } from '../../../extension/engine/run/boundSelect.ts';
import { EngineDatabase } from '../../support/engineDatabase.ts';

const never = new AbortController().signal;
let database: EngineDatabase;
beforeEach(async () => {
  database = await EngineDatabase.open();
});

async function open(sql: string): Promise<CheckedStream> {
  return CheckedStream.open(database.connection, await BoundSelect.bind(database.connection, { sql }), never);
}

/** Rows of a stream up to its end; the connection works afterwards in any case. */
async function countRows(stream: CheckedStream, signal = never): Promise<number> {
  let count = 0;
  try {
    for (let batch = await stream.next(signal); batch; batch = await stream.next(signal)) count += batch.numRows;
  } finally {
    await stream.close();
    await database.connection.run('SELECT 1');
  }
  return count;
}

const FAILING = "SELECT CASE WHEN x = 1000000 THEN error('bird flew') ELSE x END AS x FROM range(3000000) t(x)";

test('reads a result to its end in batches', async () => {
  expect(await countRows(await open('SELECT x FROM range(300000) t(x)'))).toBe(300_000);
});

test('reports an error that happens after a million rows', async () => {
  await expect(open(FAILING).then(countRows)).rejects.toMatchObject({
    code: 'query-failed',
    message: expect.stringContaining('bird flew') as string,
  });
});

test('reports an interrupt in the middle, without running the statement again for its failure', async () => {
  const findFailure = vi.spyOn(BoundSelect.prototype, 'findFailure');
  const stream = await open('SELECT x, hash(x) AS h FROM range(100000000) t(x)');
  const controller = new AbortController();
  const first = await stream.next(controller.signal);
  const counting = countRows(stream, controller.signal);
  controller.abort();
  expect(first?.numRows).toBeGreaterThan(100_000);
  await expect(counting).rejects.toMatchObject({ code: 'cancelled' });
  expect(findFailure).not.toHaveBeenCalled();
  findFailure.mockRestore();
});

test('reports an interrupt that comes from elsewhere', async () => {
  const stream = await open('SELECT x, hash(x) AS h FROM range(30000000) t(x)');
  await stream.next(never);
  database.connection.interrupt();
  await expect(countRows(stream)).rejects.toMatchObject({ code: 'query-failed' });
});

test('can be left half-way', async () => {
  const stream = await open('SELECT x FROM range(100000000) t(x)');
  await stream.next(never);
  await stream.close();
  expect(await countRows(await open('SELECT 1 AS x'))).toBe(1);
});

test('refuses to write', async () => {
  await database.connection.run('CREATE SEQUENCE s');
  await expect(open("SELECT nextval('s')").then(countRows)).rejects.toMatchObject({ code: 'query-failed' });
});

test('says where a name that does not exist stands in the text', async () => {
  const sql = "SELECT '🐦', nope FROM range(3)";
  await expect(open(sql)).rejects.toMatchObject({ code: 'query-failed', details: { offset: sql.indexOf('nope') } });
});
