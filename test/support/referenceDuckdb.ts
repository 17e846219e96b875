import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
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

  /** Runs a statement whose rows do not matter. */
  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  /** Rows of a query as a Parquet file. */
  async parquet(sql: string, rowsInGroup = 122_880): Promise<Uint8Array> {
    const folder = await mkdtemp(join(tmpdir(), 'pika-parquet-'));
    const path = join(folder, 'rows.parquet');
    await this.run(`COPY (${sql}) TO '${path}' (ROW_GROUP_SIZE ${rowsInGroup})`);
    const bytes = await readFile(path);
    await rm(folder, { recursive: true });
    return bytes;
  }

  /** Rows of a query, as DuckDB's JSON values. */
  async rows(sql: string): Promise<Record<string, unknown>[]> {
    const result = await this.#connection.runAndReadAll(sql);
    return result.getRowObjectsJson();
  }

  /** Rows of a query as DuckDB prints them, in column order; null is null. */
  async texts(sql: string): Promise<(string | null)[][]> {
    const result = await this.#connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM (${sql})`);
    return result.getRowsJson() as (string | null)[][];
  }

  /** Rows with a finite number or time in every plotted field; text fields are drawn as categories, null included. */
  async drawableCount(path: string, fields: readonly string[]): Promise<number> {
    const columns = await this.rows(`DESCRIBE FROM ${readerOf(path)}`);
    const conditions = fields.map((field) => {
      const type = String(columns.find((column) => column['column_name'] === field)?.['column_type']);
      return drawableCondition(`"${field.replaceAll('"', '""')}"`, type);
    });
    return this.number(`SELECT count(*) FROM ${readerOf(path)} WHERE ${['true', ...conditions].join(' AND ')}`);
  }

  /** The first value of a query, as a number. */
  async number(sql: string): Promise<number> {
    const [row] = await this.rows(sql);
    return Number(Object.values(row ?? {})[0]);
  }
}

function drawableCondition(name: string, type: string): string {
  if (/INT|DOUBLE|FLOAT|DECIMAL/.test(type)) return `isfinite(${name}::DOUBLE)`;
  if (/DATE|TIMESTAMP/.test(type)) return `isfinite(${name}::TIMESTAMP)`;
  return /^TIME/.test(type) ? `${name} IS NOT NULL` : 'true';
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
