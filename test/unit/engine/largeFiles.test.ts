import { beforeAll, expect, test } from 'vitest';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { lines, testFolder, writeInto } from '../../support/textFiles.ts';

let folder: string;
let engine: EngineInProcess;
beforeAll(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder, { allowedPaths: [folder] });
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
