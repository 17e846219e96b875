import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnInfo, FoundDialect, RowPlaces, SourceNotice, SourceRequest } from '#common/protocol/engineContract';
import type { ReaderOptions } from './readerOptions.ts';
import { queryError } from '../database/duckdbFailure.ts';
import type { SourceFiles } from './sourceFiles.ts';

/** A source whose files were found, and the connection to look at them with. */
export interface FoundSource {
  readonly connection: DuckDBConnection;
  readonly request: SourceRequest;
  readonly found: SourceFiles;
}

/** How a source is read. */
export interface SourceReading {
  readonly relation: string;
  readonly columns: readonly ColumnInfo[];
  readonly rowCount: number | null;
  /** Absent where rows are only found by reading those before them. */
  readonly places?: RowPlaces;
  readonly notices: readonly SourceNotice[];
  /** How a CSV file was found to be written. */
  readonly dialect?: FoundDialect | null;
  /** For text that can also be read in part or with other care: its reader and complete options. */
  readonly text?: TextReading;
}

/** A reader of text files with options that leave nothing to be found out. */
export interface TextReading {
  readonly reader: 'read_csv' | 'read_json';
  readonly options: ReaderOptions;
}

/** Columns of a relation, found by binding it. */
export async function columnsOf(connection: DuckDBConnection, relation: string): Promise<readonly ColumnInfo[]> {
  const rows = await readRows(connection, `DESCRIBE SELECT * FROM ${relation}`);
  return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
}

/** Rows of a small result as JSON values. @throws PikaError */
export async function readRows(connection: DuckDBConnection, sql: string): Promise<readonly unknown[][]> {
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } catch (error) {
    throw queryError(error);
  }
}
