import type {
  DuckDBConnection,
  DuckDBMaterializedResult,
  DuckDBPreparedStatement,
  DuckDBResult,
} from '@duckdb/node-api';
import type { QueryRequest } from '#common/protocol/engineContract';
import { queryError } from '../database/duckdbFailure.ts';
import { asArrowColumns, shapeOf, type QueryShape, type SelectText } from './queryShape.ts';

const PREFIX = 'SELECT * FROM (';

/**
 * A gated SELECT that DuckDB has bound, in a read-only transaction of a connection that it has for itself. Nothing of it has
 * run; what it costs to look at files and at thousands of columns is paid once for its columns and its rows.
 */
export class BoundSelect {
  private constructor(
    private readonly connection: DuckDBConnection,
    private select: SelectText,
    private prepared: DuckDBPreparedStatement,
    readonly shape: QueryShape,
  ) {}

  /**
   * Binds a SELECT; `close` ends what it starts.
   *
   * @param maxRows How many of its rows are read at most; all when absent.
   * @throws PikaError with the offset of what cannot be bound.
   */
  static async bind(
    connection: DuckDBConnection,
    { sql, params = [] }: Pick<QueryRequest, 'sql' | 'params'>,
    maxRows?: number,
  ): Promise<BoundSelect> {
    const select = { sql: `${PREFIX}${sql}\n)${maxRows === undefined ? '' : ` LIMIT ${maxRows}`}`, params };
    try {
      await connection.run('BEGIN TRANSACTION READ ONLY');
      const prepared = await prepare(connection, select);
      const shape = await shapeOf(connection, prepared, { sql, params });
      return new BoundSelect(connection, select, prepared, shape);
    } catch (error) {
      await endTransaction(connection);
      throw queryError(error, { sql, prefixBytes: PREFIX.length });
    }
  }

  /** Runs it once more to its end, on its connection but outside of its transaction, for the error that it ends with. */
  async findFailure(): Promise<unknown> {
    await endTransaction(this.connection);
    const { sql, params } = this.select;
    return this.connection.run(`EXPLAIN ANALYZE ${sql}`, [...params]).then(
      () => null,
      (error: unknown) => error,
    );
  }

  /** Runs it to its end; columns that Arrow cannot hold come as text. */
  async run(): Promise<DuckDBMaterializedResult> {
    await this.#castToArrow();
    return this.prepared.run();
  }

  /** Starts it, to be read while it runs; columns that Arrow cannot hold come as text. */
  async stream(): Promise<DuckDBResult> {
    await this.#castToArrow();
    return this.prepared.stream();
  }

  /** Ends the transaction; the connection is free again. */
  async close(): Promise<void> {
    this.prepared.destroySync();
    await endTransaction(this.connection);
  }

  async #castToArrow(): Promise<void> {
    const sql = asArrowColumns(this.select.sql, this.shape);
    if (sql === null) return;
    this.prepared.destroySync();
    this.select = { ...this.select, sql };
    this.prepared = await prepare(this.connection, this.select);
  }
}

async function prepare(connection: DuckDBConnection, { sql, params }: SelectText): Promise<DuckDBPreparedStatement> {
  const prepared = await connection.prepare(sql);
  if (params.length > 0) prepared.bind([...params]);
  return prepared;
}

/** The columns of a gated SELECT; nothing of it runs. @throws PikaError with the offset of what cannot be bound. */
export async function shapeQuery(connection: DuckDBConnection, sql: string): Promise<QueryShape> {
  const select = await BoundSelect.bind(connection, { sql });
  await select.close();
  return select.shape;
}

/** Leaves a transaction, if there is one, so that the connection's next statement finds none that was aborted. */
async function endTransaction(connection: DuckDBConnection): Promise<void> {
  for (;;) {
    try {
      await connection.run('ROLLBACK');
      return;
    } catch (error) {
      // What is cancelled is interrupted again and again, and this may be hit as well.
      if (queryError(error).code === 'cancelled') continue;
      // There is no transaction when starting one was what failed.
      return;
    }
  }
}
