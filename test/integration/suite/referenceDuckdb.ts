import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { extname } from 'node:path';
import { readFile } from 'node:fs/promises';
import { tableFromIPC } from 'apache-arrow';

/** DuckDB on its own, beside the extension: what tests compare with. */
export class ReferenceDuckdb {
  readonly #connection: DuckDBConnection;

  private constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  static async open(): Promise<ReferenceDuckdb> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    return new ReferenceDuckdb(await instance.connect());
  }

  /** Rows of a query, as DuckDB's JSON values. */
  async rows(sql: string): Promise<Record<string, unknown>[]> {
    const result = await this.#connection.runAndReadAll(sql);
    return result.getRowObjectsJson();
  }

  /** The first value of a query, as a number. */
  async number(sql: string): Promise<number> {
    const [row] = await this.rows(sql);
    return Number(Object.values(row ?? {})[0]);
  }
}

/** SQL that reads a file with DuckDB's defaults. */
export function readerOf(path: string): string {
  const literal = `'${path.replaceAll("'", "''")}'`;
  switch (extname(path)) {
    case '.csv':
    case '.tsv':
      return `read_csv(${literal})`;
    case '.parquet':
      return `read_parquet(${literal})`;
    default:
      return `read_json_auto(${literal}, maximum_object_size = 100000000)`;
  }
}

/** Rows of an Arrow file, counted by apache-arrow. */
export async function arrowRowCount(path: string): Promise<number> {
  return tableFromIPC(await readFile(path)).numRows;
}
