import { PikaError } from '#common/base/pikaError';
import type { RowPlaces } from '#common/protocol/engineContract';
import { quoteLiteral } from '../../query/quote.ts';
import { hasPlaceNames } from '../../query/rowPlaces.ts';
import { checkReaderOptions, readerCall } from './readerOptions.ts';
import { columnsOf, readRows, type FoundSource, type SourceReading } from './sourceContext.ts';
import { refuseOtherKind } from './textHead.ts';

/** Reading more footers than this takes longer than the count is worth. */
const MAX_COUNTED_FILES = 500;

/** Parquet files are queried in place; their row count stands in their footers. @throws PikaError */
export async function readParquetSource({ connection, request, found }: FoundSource): Promise<SourceReading> {
  checkReaderOptions('read_parquet', request.options);
  const relation = readerCall('read_parquet', found.patterns, request.options);
  const columns = await columnsOf(connection, relation).catch((error: unknown) => explained(error));
  const patterns = `[${found.patterns.map(quoteLiteral).join(', ')}]`;
  if (found.files.length > MAX_COUNTED_FILES) return { relation, columns, rowCount: null, notices: [] };
  const counted = await readRows(connection, `SELECT num_rows FROM parquet_file_metadata(${patterns})`);
  const fileRows = counted.map(([rowCount]) => Number(rowCount));
  const rowCount = fileRows.reduce((sum, rows) => sum + rows, 0);
  const places: RowPlaces = { kind: 'parquet', fileRows };
  return { relation, columns, rowCount, ...(hasPlaceNames(places, columns) && { places }), notices: [] };
}

async function explained(error: unknown): Promise<never> {
  if (PikaError.is(error, 'source-format') && error.details.path !== undefined) {
    await refuseOtherKind(error.details.path, 'parquet');
  }
  throw error;
}
