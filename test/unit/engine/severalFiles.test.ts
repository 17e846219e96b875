import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { filesOfFolder } from '../../../extension/editor/filesOfFolder.ts';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

let folder: string;
let engine: EngineInProcess;
let reference: ReferenceDuckdb;
beforeAll(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder, { allowedPaths: [folder] });
  reference = await ReferenceDuckdb.open();
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
