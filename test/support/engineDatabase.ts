import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { Table, tableFromIPC } from 'apache-arrow';
import type { QueryValue } from '#common/protocol/engineContract';
import { ipcBytes } from '../../extension/engine/arrow/ipcBytes.ts';
import { ConnectionPool } from '../../extension/engine/database/connectionPool.ts';
import { BoundSelect } from '../../extension/engine/run/boundSelect.ts';
import { CheckedStream } from '../../extension/engine/run/checkedStream.ts';

/** DuckDB in this process with the engine's way of reading results, for tests of its parts. */
export class EngineDatabase {
  private constructor(
    readonly pool: ConnectionPool,
    readonly connection: DuckDBConnection,
  ) {}

  static async open(): Promise<EngineDatabase> {
    const pool = new ConnectionPool(await DuckDBInstance.create(':memory:', { threads: '2' }));
    const connection = await pool.acquire();
    await connection.run("SET TimeZone = 'UTC'");
    return new EngineDatabase(pool, connection);
  }

  /** A whole result, through Arrow IPC bytes as the extension gets it. */
  async arrow(sql: string, params: readonly QueryValue[] = []): Promise<Table> {
    const signal = new AbortController().signal;
    const select = await BoundSelect.bind(this.connection, { sql, params });
    const stream = await CheckedStream.open(this.connection, select, signal);
    const tables: Table[] = [];
    for (let batch = await stream.next(signal); batch; batch = await stream.next(signal)) {
      tables.push(tableFromIPC(ipcBytes(stream.schema, [batch])));
    }
    await stream.close();
    const [first, ...rest] = tables;
    return first ? first.concat(...rest) : new Table(stream.schema);
  }
}
