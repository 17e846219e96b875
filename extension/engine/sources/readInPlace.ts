import { readCsvSource } from './csvSource.ts';
import { readJsonSource } from './jsonSource.ts';
import { readParquetSource } from './parquetSource.ts';
import type { FoundSource, SourceReading } from './sourceContext.ts';

/** Finds out how files are to be read where they lie. @throws PikaError with path, hint and remedies. */
export function readInPlace(source: FoundSource): Promise<SourceReading> {
  switch (source.request.format) {
    case 'csv':
    case 'tsv':
      return readCsvSource(source);
    case 'json':
    case 'jsonl':
      return readJsonSource(source);
    case 'parquet':
      return readParquetSource(source);
    case 'arrow':
    case 'duckdb':
    case 'sqlite':
      throw new Error(`${source.request.format} is not read in place`);
  }
}
