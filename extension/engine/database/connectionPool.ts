import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Settings that DuckDB keeps per connection. */
const CONNECTION_SETTINGS = [
  'SET enable_progress_bar = true',
  'SET enable_progress_bar_print = false',
  'SET errors_as_json = true',
  // DuckDB's own megabyte is empty before a batch is built and sent, and then it waits.
  "SET streaming_buffer_size = '16MiB'",
] as const;

const MAX_IDLE = 8;

/** Connections to one database; each runs one statement at a time and is used again. */
export class ConnectionPool {
  readonly #idle: DuckDBConnection[] = [];

  constructor(private readonly instance: DuckDBInstance) {}

  /** A connection for the caller alone, to be given back with `release`. */
  async acquire(): Promise<DuckDBConnection> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    const connection = await this.instance.connect();
    for (const setting of CONNECTION_SETTINGS) await connection.run(setting);
    return connection;
  }

  /** Takes back a connection on which nothing runs and no transaction is open. */
  release(connection: DuckDBConnection): void {
    if (this.#idle.length < MAX_IDLE) this.#idle.push(connection);
    else connection.closeSync();
  }

  /** Closes the connections that nobody uses at the moment. */
  closeIdle(): void {
    for (const connection of this.#idle.splice(0)) connection.closeSync();
  }

  /** Lends a connection to `work`. */
  async use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.acquire();
    try {
      return await work(connection);
    } finally {
      this.release(connection);
    }
  }
}
