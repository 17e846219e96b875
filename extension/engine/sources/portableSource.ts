import { PikaError } from '#common/base/pikaError';
import { REJECTED_ROWS } from '#common/document/pikaDocument';
import { quoteLiteral } from '../../query/quote.ts';
import type { AttachedDatabases } from './attachedDatabases.ts';
import { tableOfDatabase } from './databaseSource.ts';
import { foreignEncoding } from './decodedFiles.ts';
import { readInPlace } from './readInPlace.ts';
import { isSqlite, portableSqlite } from './sqliteSource.ts';
import type { FoundSource } from './sourceContext.ts';

/**
 * A source in a form that any DuckDB can read: SQL text that can stand after FROM, with absolute paths and every reader
 * option that was found out. @throws PikaError `bad-request` for data that no reader of DuckDB's own reads.
 */
export async function portableRelation(source: FoundSource, databases: AttachedDatabases): Promise<string> {
  const { format, table } = source.request;
  if (format !== 'duckdb' && format !== 'sqlite' && table === REJECTED_ROWS) {
    throw new PikaError('bad-request', 'Skipped rows can only be queried in Pika.');
  }
  const encoding = foreignEncoding(source.request);
  if (encoding !== null) {
    throw new PikaError('bad-request', `DuckDB has no reader of its own for the encoding ${encoding}.`, {
      hint: 'Save the file as UTF-8 to query it outside of Pika.',
    });
  }
  if (format === 'arrow') {
    throw new PikaError('bad-request', 'DuckDB has no reader of its own for Arrow files.', {
      hint: 'Convert the file to Parquet to query it outside of Pika.',
    });
  }
  return format === 'duckdb' || format === 'sqlite'
    ? databaseRelation(source, databases)
    : (await readInPlace(source)).relation;
}

async function databaseRelation(
  { connection, request, found }: FoundSource,
  databases: AttachedDatabases,
): Promise<string> {
  const path = found.files[0]?.path ?? '';
  if (await isSqlite(path)) return portableSqlite(path, request.table);
  await databases.open(connection, path);
  const { schema, name, isView } = await tableOfDatabase(connection, path, request.table);
  if (isView) {
    throw new PikaError('bad-request', `${name} is a view, which can only be read with its database attached.`, {
      path,
      hint: 'Choose a table of the database instead.',
    });
  }
  const place = schema === 'main' ? '' : `, schema_name = ${quoteLiteral(schema)}`;
  return `read_duckdb(${quoteLiteral(path)}${place}, table_name = ${quoteLiteral(name)})`;
}
