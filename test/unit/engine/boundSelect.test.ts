import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { BoundSelect } from '../../../extension/engine/run/boundSelect.ts';

/** As DuckDB tells it where errors are told as JSON. */
const INTERRUPT = '{"exception_type":"INTERRUPT","exception_message":"Interrupted!"}';

/** A connection whose first ROLLBACK is hit by an interrupt, as one that comes late may. */
function interruptedAtRollback(connection: DuckDBConnection): DuckDBConnection {
  let isHit = false;
  return new Proxy(connection, {
    get(target, key) {
      if (key === 'run') {
        return (sql: string) => {
          if (sql !== 'ROLLBACK' || isHit) return target.run(sql);
          isHit = true;
          return Promise.reject(new Error(INTERRUPT));
        };
      }
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

test('an interrupt while a transaction is left leaves none behind', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const binding = BoundSelect.bind(interruptedAtRollback(connection), { sql: 'SELECT nothing FROM nowhere' });
  await expect(binding).rejects.toMatchObject({ code: 'query-failed' });
  const next = await BoundSelect.bind(connection, { sql: 'SELECT 42 AS answer' });
  expect((await (await next.run()).getRowsJson()).flat()).toEqual([42]);
  await next.close();
});
