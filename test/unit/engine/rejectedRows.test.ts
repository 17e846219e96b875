import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeEach, expect, test } from 'vitest';
import { REJECTED_ROWS } from '#common/document/pikaDocument';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { lines, testFolder, writeInto } from '../../support/textFiles.ts';

const SKIPPING = { ignore_errors: true };
const REJECTED = { options: SKIPPING, table: REJECTED_ROWS };
const MANY = 6000;
const SAMPLED = 30_000;

let folder: string;
let engine: EngineInProcess;

beforeEach(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder, { scratchDirectory: join(folder, '.one') });
});

test('rejected rows are kept with line, place, column, error and text, and found again by another engine', async () => {
  const good = lines(SAMPLED, (i) => `${i},${i}`);
  const path = await writeInto(folder, 'data.csv', `i,half\n${good}oops,1\n7\n8,9\n1,2,3\n`);
  const described = await engine.describe(path, { options: SKIPPING });
  const [imported, rejected] = [await engine.import(path, { options: SKIPPING }), await engine.import(path, REJECTED)];
  expect([described.isImportAdvised, imported.rowCount, rejected.rowCount]).toEqual([true, SAMPLED + 1, 3]);
  expect(imported.notices).toEqual([
    { message: '3 rows were skipped because they do not fit.', hasRejectedRows: true },
  ]);
  const other = await EngineInProcess.open(folder, { scratchDirectory: join(folder, '.two') });
  const found = await other.describe(path, REJECTED);
  const sql = `SELECT line, "column", error, text, byte_offset, file FROM ${found.relation}`;
  const start = 'i,half\n'.length + good.length;
  expect(await other.rows(sql)).toEqual([
    [String(SAMPLED + 2), 'i', 'cast', 'oops,1', String(start), path],
    [String(SAMPLED + 3), 'half', 'missing columns', '7', String(start + 7), path],
    [String(SAMPLED + 5), null, 'too many columns', '1,2,3', String(start + 13), path],
  ]);
});

test('every rejected line is counted once, however many there are and whatever is wrong with it', async () => {
  const good = lines(SAMPLED, (i) => `${i},${i}`);
  const bad = lines(MANY, (i) => (i % 2 === 0 ? 'x,y' : `${i},1,2`));
  const path = await writeInto(folder, 'data.csv', `a,b\n${good}${bad}`);
  const imported = await engine.import(path, { options: SKIPPING });
  expect(imported.notices.map(({ message }) => message)).toEqual(['6,000 rows were skipped because they do not fit.']);
  const rejected = await engine.describe(path, REJECTED);
  expect(await engine.rows(`SELECT count(DISTINCT line) FROM ${rejected.relation}`)).toEqual([[String(MANY)]]);
});

test('of files whose columns are united nobody knows what was skipped, and that is said', async () => {
  const bodies = [`a,b\n${lines(SAMPLED, (i) => `${i},1`)}x,1\n`, 'a,c\n1,2\n'];
  const paths = await Promise.all(bodies.map((body, i) => writeInto(folder, `part${i}.csv`, body)));
  const options = { ...SKIPPING, union_by_name: true };
  const imported = await engine.import(paths, { options });
  expect([imported.rowCount, imported.notices.map(({ message }) => message)]).toEqual([
    SAMPLED + 1,
    ['Rows that do not fit are skipped, and not counted.'],
  ]);
  await expect(engine.describe(paths, { options, table: REJECTED_ROWS })).rejects.toMatchObject({
    code: 'source-empty',
  });
});

test('a source that skips nothing has no rejected rows, and says why', async () => {
  const path = await writeInto(folder, 'data.csv', 'a\n1\n');
  await expect(engine.describe(path, { table: REJECTED_ROWS })).rejects.toMatchObject({ code: 'source-empty' });
  const clean = await engine.import(path, REJECTED);
  expect([clean.rowCount, (await engine.import(path, { options: SKIPPING })).notices]).toEqual([0, []]);
});

const MILLION = 1_000_000;

test('of a million lines that do not fit all are counted, and thousands kept with line, place and reason', async () => {
  const good = lines(SAMPLED, (i) => `${i},${i}`);
  const bad = lines(MILLION, (i) => (i % 2 === 0 ? `x${i},1` : `${i},1,2`));
  const text = `a,b\n${good}${bad}7,8\n`;
  const path = await writeInto(folder, 'data.csv', text);
  const imported = await engine.import(path, { options: SKIPPING });
  const rejected = await engine.describe(path, REJECTED);
  const kept = Number(rejected.rowCount);
  expect([imported.rowCount, kept > 20_000 && kept < 100_000]).toEqual([SAMPLED + 1, true]);
  expect(imported.notices).toEqual([
    {
      message: '1,000,000 rows were skipped because they do not fit.',
      hint: `The reasons of ${kept.toLocaleString('en')} of them are kept.`,
      hasRejectedRows: true,
    },
  ]);
  const rows = await engine.rows(
    `SELECT line, "column", error, text, byte_offset, file FROM ${rejected.relation} WHERE line % 7 = 0`,
  );
  const textLines = text.split('\n');
  const isTrue = ([line, column, error, lineText, byteOffset, file]: unknown[]) => {
    const expected = textLines[Number(line) - 1] ?? '';
    const [expectedColumn, expectedError] = expected.startsWith('x') ? ['a', 'cast'] : [null, 'too many columns'];
    const isPlaced = text.startsWith(`${expected}\n`, Number(byteOffset)) && file === path;
    return lineText === expected && column === expectedColumn && error === expectedError && isPlaced;
  };
  expect(rows.filter((row) => !isTrue(row)).slice(0, 3)).toEqual([]);
  expect(rows.length).toBeGreaterThan(kept / 8);
});

test('lines whose quotes stay open are counted as DuckDB counts them, however many there are', async () => {
  const good = lines(SAMPLED, (i) => `${i},"t${i}"`);
  const bad = lines(56_000, (i) => (i % 3 === 0 ? `x,"open${i}` : `y,"a"b`));
  const path = await writeInto(folder, 'data.csv', `a,b\n${good}${bad}`);
  const imported = await engine.import(path, { options: SKIPPING });
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
  const call = `read_csv('${path}', ignore_errors = true, store_rejects = true, rejects_limit = 0)`;
  const fitting = await duckdb.runAndReadAll(`SELECT count(a), count(b), count(*)::INT FROM ${call}`);
  const lineCount = await duckdb.runAndReadAll('SELECT count(DISTINCT line)::INT FROM reject_errors');
  const skipped = Number(lineCount.getRows()[0]?.[0]).toLocaleString('en');
  expect([imported.rowCount, imported.notices[0]?.message]).toEqual([
    fitting.getRows()[0]?.[2],
    `${skipped} rows were skipped because they do not fit.`,
  ]);
});
