import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SourceFormat } from '#common/document/pikaDocument';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { readerOf, ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { testFolder } from '../../support/textFiles.ts';

const SPECTRUM = 'node_modules/csv-spectrum';
const VEGA = 'node_modules/vega-datasets/data';
/** Files with dates such as `Jan 1 2000`, for which DuckDB has to be told so. */
const WRITTEN_DATES = new Set(['sp500.csv', 'stocks.csv']);
const FORMATS: Readonly<Record<string, SourceFormat>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.json': 'json',
  '.parquet': 'parquet',
};

let engine: EngineInProcess;
let reference: ReferenceDuckdb;
beforeAll(async () => {
  engine = await EngineInProcess.open(await testFolder(), { allowedPaths: [SPECTRUM, VEGA] });
  reference = await ReferenceDuckdb.open();
});

describe('reads csv-spectrum with its expected values', async () => {
  for (const file of await readdir(join(SPECTRUM, 'csvs'))) {
    test(file, async () => {
      const name = basename(file, '.csv');
      const expected = await spectrumRecords(name);
      const source = await engine.describe(join(SPECTRUM, 'csvs', file), {
        options: { all_varchar: true, header: true },
      });
      const rows = await engine.texts(source);
      const records = rows.map((row) =>
        Object.fromEntries(source.columns.map(({ name: key }, i) => [key, row[i] ?? ''])),
      );
      expect(records).toEqual(expected);
    });
  }
});

/** The expected records; one of the twelve holds another telephone number than its CSV file, and no list. */
async function spectrumRecords(name: string): Promise<Record<string, string>[]> {
  const records = JSON.parse(await readFile(join(SPECTRUM, 'json', `${name}.json`), 'utf8')) as Record<
    string,
    string
  >[];
  if (name !== 'location_coordinates') return records;
  return [records].flat().map((record) => ({ ...record, 'Contact Phone Number': '2095257564' }));
}

describe('reads every table of vega-datasets as DuckDB reads it', async () => {
  for (const file of await readdir(VEGA)) {
    const format = FORMATS[extname(file)];
    if (!format || file === 'flights-3m.parquet') continue;
    test(file, async () => {
      const path = join(VEGA, file);
      const relation = expectedRelation(file, path);
      const source = await engine.describe(path, { format });
      const columns = await reference.rows(`DESCRIBE FROM ${relation}`);
      expect(source.columns).toEqual(columns.map((each) => ({ name: each['column_name'], type: each['column_type'] })));
      const [ours, theirs] = [source.relation, relation].map(
        (each) => `SELECT count(*), bit_xor(hash(t)) FROM ${each} t`,
      );
      expect(await engine.rows(`SELECT COLUMNS(*)::VARCHAR FROM (${ours ?? ''})`)).toEqual(
        await reference.texts(theirs ?? ''),
      );
    });
  }
});

/** As DuckDB reads a file by itself, but for dates with names of months and titles that are numbers here and there. */
function expectedRelation(file: string, path: string): string {
  if (WRITTEN_DATES.has(file)) return `read_csv('${path}', dateformat = '%b %d %Y')`;
  if (file === 'movies.json') return `(SELECT * REPLACE ("Title" ->> '$' AS "Title") FROM ${readerOf(path)})`;
  return readerOf(path);
}

test('counts the rows of a Parquet file without reading them', async () => {
  const source = await engine.describe(join(VEGA, 'flights-3m.parquet'), { format: 'parquet' });
  expect([source.rowCount, source.access, source.isImportAdvised]).toEqual([3_000_000, 'in-place', false]);
});
