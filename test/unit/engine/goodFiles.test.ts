import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import type { SourceFormat } from '#common/document/pikaDocument';
import { filesOfFolder } from '../../../extension/editor/filesOfFolder.ts';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { readerOf, ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { lines, testFolder, writeInto } from '../../support/textFiles.ts';

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

let folder: string;
let engine: EngineInProcess;
let reference: ReferenceDuckdb;
beforeAll(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder, { allowedPaths: [folder, SPECTRUM, VEGA] });
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
      const relation = WRITTEN_DATES.has(file) ? `read_csv('${path}', dateformat = '%b %d %Y')` : readerOf(path);
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

test('counts the rows of a Parquet file without reading them', async () => {
  const source = await engine.describe(join(VEGA, 'flights-3m.parquet'), { format: 'parquet' });
  expect([source.rowCount, source.access, source.isImportAdvised]).toEqual([3_000_000, 'in-place', false]);
});

interface GoodFile {
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly format?: SourceFormat;
  readonly options?: Record<string, unknown>;
}

/** Columns, rows as text, and notices of a source. */
function check(name: string, { file, content, format = 'csv', options = {} }: GoodFile, expected: unknown): void {
  test(name, async () => {
    const path = await writeInto(folder, file, content);
    const source = await engine.describe(path, { format, options });
    const columns = source.columns.map((column) => `${column.name} ${column.type}`);
    expect([columns, await engine.texts(source), source.notices.length]).toEqual(expected);
  });
}

describe('reads', () => {
  const plain = [['a BIGINT', 'b VARCHAR'], [['1', 'x']], 0];
  for (const name of [
    "o'clock",
    '100%',
    'a#b',
    'two words',
    'a[1]',
    'a*b',
    'a?b',
    '{a}',
    'größe 🐦',
    'select',
    'a.b.c',
    'a"b',
  ]) {
    check(`a file named ${name}`, { file: `${name}.csv`, content: 'a,b\n1,x\n' }, plain);
    check(`JSON named ${name}`, { file: `${name}.json`, content: '[{"a":1,"b":"x"}]', format: 'json' }, plain);
  }
  check('a header alone', { file: 'header.csv', content: 'a,b\n' }, [['a VARCHAR', 'b VARCHAR'], [], 0]);
  check('one column', { file: 'one.csv', content: 'v\n1\n2\n' }, [['v BIGINT'], [['1'], ['2']], 0]);
  check('a table below a heading, and says so', { file: 'report.csv', content: 'Report of May\n\na,b\n1,x\n2,y\n' }, [
    ['a BIGINT', 'b VARCHAR'],
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
    1,
  ]);
  check('a byte order mark', { file: 'mark.csv', content: '\ufeffa,b\n1,x\n' }, plain);
  check(
    'UTF-16 with a byte order mark',
    { file: 'wide16.csv', content: Buffer.from('\ufeffa,b\n1,x\n', 'utf16le') },
    plain,
  );
  check('tabs', { file: 'tabs.tsv', content: 'a\tb\n1\tx\n', format: 'tsv' }, plain);
  check('a first column of text with tabs', { file: 'comma.tsv', content: 'a\tb,c\n1\tx,y\n', format: 'tsv' }, [
    ['a BIGINT', 'b,c VARCHAR'],
    [['1', 'x,y']],
    0,
  ]);
  check('repeated and empty column names', { file: 'names.csv', content: 'a,a,,A\n1,2,3,4\n' }, [
    ['a BIGINT', 'a_1 BIGINT', 'column2 BIGINT', 'A_2 BIGINT'],
    [['1', '2', '3', '4']],
    0,
  ]);
  check(
    'column names with quotes, dots and emoji',
    { file: 'odd.csv', content: '"a""b",c.d,🐦,select,\' \'\n1,2,3,4,5\n' },
    [['a"b BIGINT', 'c.d BIGINT', '🐦 BIGINT', 'select BIGINT', "' ' BIGINT"], [['1', '2', '3', '4', '5']], 0],
  );
  check('numbers with a word for missing, and says so', { file: 'na.csv', content: 'a,b\n1,NA\nNA,2\n3,4\n' }, [
    ['a VARCHAR', 'b VARCHAR'],
    [
      ['1', 'NA'],
      ['NA', '2'],
      ['3', '4'],
    ],
    1,
  ]);
  check(
    'numbers without that word when told it',
    { file: 'na2.csv', content: 'a,b\n1,NA\nNA,2\n3,4\n', options: { nullstr: ['', 'NA'] } },
    [
      ['a BIGINT', 'b BIGINT'],
      [
        ['1', null],
        [null, '2'],
        ['3', '4'],
      ],
      0,
    ],
  );
  check(
    'numbers and times of another country',
    {
      file: 'de.csv',
      content: 'a;b\n1.234,5;01.02.2020 10:00\n2.000,25;03.04.2021 11:30\n',
      options: { delim: ';', decimal_separator: ',', thousands: '.', timestampformat: '%d.%m.%Y %H:%M' },
    },
    [
      ['a DOUBLE', 'b TIMESTAMP'],
      [
        ['1234.5', '2020-02-01 10:00:00'],
        ['2000.25', '2021-04-03 11:30:00'],
      ],
      0,
    ],
  );
  check('decimal commas between semicolons', { file: 'comma.csv', content: 'a;b;c\nx;1,5;7\ny;2,25;8\n' }, [
    ['a VARCHAR', 'b DOUBLE', 'c BIGINT'],
    [
      ['x', '1.5', '7'],
      ['y', '2.25', '8'],
    ],
    0,
  ]);
  check('decimal commas and grouped digits', { file: 'comma2.csv', content: 'a;b\nx;1.234,5\ny;2,25\n' }, [
    ['a VARCHAR', 'b DOUBLE'],
    [
      ['x', '1234.5'],
      ['y', '2.25'],
    ],
    0,
  ]);
  check('digits grouped by commas', { file: 'groups.csv', content: 'a,b\nx,"1,234,567"\ny,12\n' }, [
    ['a VARCHAR', 'b BIGINT'],
    [
      ['x', '1234567'],
      ['y', '12'],
    ],
    0,
  ]);
  check('a comma that may mean both as text, and says so', { file: 'either.csv', content: 'a;b\nx;1,234\ny;5,678\n' }, [
    ['a VARCHAR', 'b VARCHAR'],
    [
      ['x', '1,234'],
      ['y', '5,678'],
    ],
    1,
  ]);
  check(
    'decimal commas beside decimal points as text, and says so',
    { file: 'both.csv', content: 'a;b\n1,5;1.5\n2,25;2.5\n' },
    [
      ['a VARCHAR', 'b DOUBLE'],
      [
        ['1,5', '1.5'],
        ['2,25', '2.5'],
      ],
      1,
    ],
  );
  check(
    'dates with names of months',
    { file: 'months.csv', content: 'day,note\nJan 1 2000,May I\n"Dec 31 2001",x\n' },
    [
      ['day DATE', 'note VARCHAR'],
      [
        ['2000-01-01', 'May I'],
        ['2001-12-31', 'x'],
      ],
      0,
    ],
  );
  check('names of months among other texts as text', { file: 'names2.csv', content: 'day\nJan 1 2000\nMay be\n' }, [
    ['day VARCHAR'],
    [['Jan 1 2000'], ['May be']],
    0,
  ]);
  check('lists of numbers as text', { file: 'lists.csv', content: 'a;b\n1,2,3;x\n4,5;y\n' }, [
    ['a VARCHAR', 'b VARCHAR'],
    [
      ['1,2,3', 'x'],
      ['4,5', 'y'],
    ],
    0,
  ]);
  check(
    'whole numbers too long for BIGINT without rounding them',
    { file: 'long.csv', content: `id,v\n12345678901234561000,0.5\n12345678901234561001,1e30\n` },
    [
      ['id HUGEINT', 'v DOUBLE'],
      [
        ['12345678901234561000', '0.5'],
        ['12345678901234561001', '1e+30'],
      ],
      0,
    ],
  );
  check('whole numbers too long for HUGEINT as text', { file: 'longer.csv', content: `id\n${'9'.repeat(40)}\n1\n` }, [
    ['id VARCHAR'],
    [['9'.repeat(40)], ['1']],
    0,
  ]);
  check(
    'a column with the type it is given',
    { file: 'typed.csv', content: 'a,b\n1,x\n', options: { types: { a: 'VARCHAR' } } },
    [['a VARCHAR', 'b VARCHAR'], [['1', 'x']], 0],
  );
  check('gzip', { file: 'packed.csv.gz', content: gzipSync('a,b\n1,x\n') }, plain);
  check('Zstandard', { file: 'packed.csv.zst', content: zstdCompressSync('a,b\n1,x\n') }, plain);
  check(
    'packed JSON Lines',
    { file: 'packed.jsonl.gz', content: gzipSync('{"a":1,"b":"x"}\n'), format: 'jsonl' },
    plain,
  );
  check('JSON objects that follow one another', { file: 'two.json', content: '{"a":1}\n{"a":2}', format: 'json' }, [
    ['a BIGINT'],
    [['1'], ['2']],
    0,
  ]);
  check(
    'one nested JSON object, and says so',
    { file: 'nested.json', content: '{"t":"x","o":{"p":[1]}}', format: 'json' },
    [['t VARCHAR', 'o STRUCT(p BIGINT[])'], [['x', "{'p': [1]}"]], 1],
  );
  check(
    'JSON with keys that differ only in case',
    { file: 'keys.json', content: '[{"a":1,"A":2,"":3}]', format: 'json' },
    [['a BIGINT', 'A_1 BIGINT', 'C2 BIGINT'], [['1', '2', '3']], 0],
  );
});

test('reads quotes that come only after the rows DuckDB looks at', async () => {
  const path = await writeInto(folder, 'late.csv', `a,b\n${lines(25_000, (i) => `${i},x`)}7,"p,q"\n`);
  const { relation } = await engine.describe(path);
  expect(await engine.rows(`SELECT count(*)::INT, max(b) FILTER (a = 7) FROM ${relation}`)).toEqual([[25_001, 'x']]);
  expect(await engine.rows(`SELECT a::INT FROM ${relation} WHERE b = 'p,q'`)).toEqual([[7]]);
});

test('reads five thousand columns', async () => {
  const numbers = Array.from({ length: 5000 }, (_, i) => i);
  const content = `${numbers.map((i) => `c${i}`).join(',')}\n${numbers.join(',')}\n`;
  const source = await engine.describe(await writeInto(folder, 'wide.csv', content));
  expect(source.columns).toHaveLength(5000);
  expect(await engine.texts(source)).toEqual([numbers.map(String)]);
});

test('reads a very wide file as DuckDB does that tries every dialect', async () => {
  const numbers = Array.from({ length: 600 }, (_, i) => i);
  const mixed = numbers.map((i) => ['', 1.5, 'x'][i % 3]);
  const written = [numbers.map((i) => `c${i}`), numbers, mixed].map((values) => values.join(','));
  const path = await writeInto(folder, 'wideMixed.csv', `${written.join('\n')}\n`);
  const source = await engine.describe(path);
  // Whoever names the encoding lets DuckDB try everything.
  const tried = await engine.describe(path, { options: { encoding: 'utf-8' } });
  expect(source.columns).toEqual(tried.columns);
  expect(await engine.texts(source)).toEqual(await engine.texts(tried));
  expect((await engine.texts(source))[0]?.slice(0, 3)).toEqual(['0', '1.0', '2']);
});

test('a quote in a very wide file is one', async () => {
  const numbers = Array.from({ length: 600 }, (_, i) => i);
  const content = `${numbers.map((i) => `c${i}`).join(',')}\n"a,b",${numbers.slice(1).join(',')}\n`;
  const source = await engine.describe(await writeInto(folder, 'wideQuoted.csv', content));
  expect((await engine.texts(source))[0]?.slice(0, 2)).toEqual(['a,b', '1']);
});

test('reads several files and globs as one table', async () => {
  const data = join(folder, 'parts');
  await mkdir(data);
  for (const part of [1, 2, 3]) await writeInto(data, `p${part}.csv`, `a,b\n${part},x\n`);
  await copyFile(join(data, 'p1.csv'), join(data, 'q.csv'));
  const globbed = await engine.describe(join(data, 'p*.csv'));
  const listed = await engine.describe([join(data, 'p1.csv'), join(data, 'q.csv')], { options: { filename: true } });
  expect([globbed.fileCount, (await engine.texts(globbed)).length, listed.columns.map(({ name }) => name)]).toEqual([
    3,
    3,
    ['a', 'b', 'filename'],
  ]);
});

describe('reads folders that are partitioned as Hive does it', () => {
  const YEARS = [2023, 2024, 2025];
  let lake: string;
  beforeAll(async () => {
    lake = join(folder, 'lake of rain');
    await mkdir(lake);
    for (const format of ['parquet', 'csv']) {
      const rows = YEARS.map((year) => `SELECT ${year} AS year, range % 2 + 1 AS month, range AS mm FROM range(100)`);
      const options = `FORMAT ${format}, PARTITION_BY (year, month)`;
      await reference.run(`COPY (${rows.join(' UNION ALL ')}) TO '${join(lake, format)}' (${options})`);
    }
  });

  test.each(['parquet', 'csv'] as const)('of %s, with a column for each level', async (format) => {
    const { files, formats } = await filesOfFolder(join(lake, format));
    expect([files, formats]).toEqual([[join(lake, format, '*=*', '*=*', `*.${format}`)], [format]]);
    const source = await engine.describe(files, { format });
    expect([source.fileCount, source.columns.map(({ name }) => name)]).toEqual([6, ['mm', 'month', 'year']]);
    const sql = `SELECT year::INT, month::INT, count(*)::INT, sum(mm)::INT FROM ${source.relation} GROUP BY ALL ORDER BY ALL`;
    const expected = YEARS.flatMap((year) => [
      [year, 1, 50, 2450],
      [year, 2, 50, 2500],
    ]);
    expect(await engine.rows(sql)).toEqual(expected);
  });

  test('without opening the files of other partitions', async () => {
    const source = await engine.describe(join(lake, 'parquet', '**', '*.parquet'), { format: 'parquet' });
    const [[rowCount, fileCount] = []] = await engine.rows(
      `SELECT count(*)::INT, count(DISTINCT filename)::INT FROM ${source.relation} WHERE year = 2024`,
    );
    expect([source.rowCount, rowCount, fileCount]).toEqual([300, 100, 2]);
    await rm(join(lake, 'parquet', 'year=2025'), { recursive: true });
    await mkdir(join(lake, 'parquet', 'year=2025', 'month=1'), { recursive: true });
    await writeInto(join(lake, 'parquet', 'year=2025', 'month=1'), 'broken.parquet', 'no Parquet');
    const { relation } = source;
    expect(await engine.rows(`SELECT count(*)::INT FROM ${relation} WHERE year = 2024`)).toEqual([[100]]);
  });
});

test('files whose columns differ are told apart, and can be united', async () => {
  const paths = [
    await writeInto(folder, 'd1.csv', 'a,b\n1,x\n'),
    await writeInto(folder, 'd2.csv', 'a,b\n2,y\n'),
    await writeInto(folder, 'd3.csv', 'b,c\nz,2\n'),
  ];
  const failure: unknown = await engine.describe(paths).catch((error: unknown) => error);
  if (!PikaError.is(failure, 'source-format')) throw new Error('the files were read');
  const { path, remedies: [remedy] = [] } = failure.details;
  expect(path).toBe(paths[2]);
  const united = await engine.describe(paths, { options: remedy?.readerOptions ?? {} });
  expect(await engine.texts(united)).toEqual([
    ['1', 'x', null],
    ['2', 'y', null],
    [null, 'z', '2'],
  ]);
});

test('reads files whose columns differ when asked to', async () => {
  const paths = [await writeInto(folder, 'u1.csv', 'a,b\n1,x\n'), await writeInto(folder, 'u2.csv', 'b,c\ny,2\n')];
  const source = await engine.describe(paths, { options: { union_by_name: true } });
  expect(await engine.texts(source)).toEqual([
    ['1', 'x', null],
    [null, 'y', '2'],
  ]);
});

test('advises to import text beyond a few megabytes, and samples it evenly beyond 64', async () => {
  const small = await writeInto(folder, 'small.csv', `a,b\n${lines(100_000, (i) => `${i},${i}`)}`);
  const middle = await writeInto(folder, 'middle.csv', `a,b\n${lines(700_000, (i) => `${i},${i}`)}`);
  const large = await writeInto(
    folder,
    'large.csv',
    `i,half,text\n${lines(3_000_000, (i) => `${i},${i / 2},row number ${i}`)}`,
  );
  const sources = await Promise.all([small, middle, large].map((path) => engine.describe(path)));
  expect(sources.map(({ isImportAdvised }) => isImportAdvised)).toEqual([false, true, true]);
  expect(sources.map(({ sample }) => sample !== null)).toEqual([false, false, true]);
  const { relation, oneIn } = sources[2]?.sample ?? { relation: '', oneIn: 0 };
  const [[count, middleShare, isWhole] = []] = await engine.rows(
    `SELECT count(*)::DOUBLE, avg((i > 1500000)::INT), bool_and(half = i / 2 AND text = 'row number ' || i) FROM ${relation}`,
  );
  expect(Math.abs(Number(count) * oneIn - 3_000_000)).toBeLessThan(300_000);
  expect(Math.abs(Number(middleShare) - 0.5)).toBeLessThan(0.05);
  expect(isWhole).toBe(true);
});
