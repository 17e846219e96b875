import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { formatOfPath } from '#common/document/formatOfPath';
import type { SourceFormat } from '#common/document/pikaDocument';
import type { SourceRequest } from '#common/protocol/engineContract';
import { fileError } from '../../../extension/engine/sources/sourceFiles.ts';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { lines, testFolder, writeInto } from '../../support/textFiles.ts';

const never = new AbortController().signal;
let folder: string;
let engine: EngineInProcess;
beforeAll(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder);
});

interface BadFile {
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly format?: SourceFormat;
  readonly options?: SourceRequest['options'];
}

interface Expected {
  readonly code: string;
  readonly line?: number;
  /** Rows that can be read once each remedy is applied, in the order they are offered. */
  readonly rowsWithRemedy?: readonly number[];
}

/** The failure of reading a whole file, and what each of its remedies makes of it. */
function check(name: string, { file, content, format = 'csv', options = {} }: BadFile, expected: Expected): void {
  test(name, async () => {
    const path = await writeInto(folder, file, content);
    const error = await countRows(path, { format, options }).catch((failure: unknown) => failure);
    if (!PikaError.is(error)) throw new Error(`${file} was read: ${String(error)}`);
    const { path: place = '', hint, line, remedies = [] } = error.details;
    const rowsWithRemedy: number[] = [];
    for (const remedy of remedies) {
      const { readerOptions } = remedy;
      const as = remedy.format === undefined ? { ...options, ...readerOptions } : readerOptions;
      rowsWithRemedy.push(await countRows(path, { format: remedy.format ?? format, options: as }));
    }
    expect({ code: error.code, file: basename(place), hasHint: hint !== undefined, line, rowsWithRemedy }).toEqual({
      code: expected.code,
      file,
      hasHint: true,
      line: expected.line,
      rowsWithRemedy: expected.rowsWithRemedy ?? [],
    });
  });
}

async function countRows(path: string, request: Partial<SourceRequest>): Promise<number> {
  const described = await engine.describe(path, request);
  const { relation } = described.access === 'unread' ? await engine.import(path, request) : described;
  const [[count] = []] = await engine.rows(`SELECT count(*), count(COLUMNS(*)) FROM ${relation}`);
  return Number(count);
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('a CSV file', () => {
  check('without a byte is empty', { file: 'empty.csv', content: '' }, { code: 'source-empty' });
  check('of blank lines is empty', { file: 'blank.csv', content: '\n \r\n\n' }, { code: 'source-empty' });
  check(
    'with rows of different lengths offers to fill or skip them, or to read lines',
    { file: 'ragged.csv', content: 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3\n' },
    { code: 'source-format', rowsWithRemedy: [4, 2, 4] },
  );
  check(
    'whose last row alone is the longest is not read as that row alone',
    { file: 'raggedEnd.csv', content: 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n' },
    { code: 'source-format', rowsWithRemedy: [3, 1] },
  );
  check(
    'with one short row far down names its line',
    { file: 'short.csv', content: `a,b,c\n${lines(30_000, (i) => `${i},1,2`)}7,8\n1,2,3\n` },
    { code: 'source-format', line: 30_002, rowsWithRemedy: [30_002, 30_001] },
  );
  check(
    'with one long row far down names its line',
    { file: 'long.csv', content: `a,b,c\n${lines(30_000, (i) => `${i},1,2`)}7,8,9,10\n1,2,3\n` },
    { code: 'source-format', line: 30_002, rowsWithRemedy: [30_002, 30_001] },
  );
  check(
    'with a word among numbers far down names line and column',
    { file: 'word.csv', content: `a,b\n${lines(30_000, (i) => `${i},1`)}oops,1\n5,6\n` },
    { code: 'source-format', line: 30_002, rowsWithRemedy: [30_002, 30_002, 30_001] },
  );
  check(
    'that mixes line ends can be read leniently',
    { file: 'mixed.csv', content: 'a,b\r\n1,2\n3,4\r\n5,6\n' },
    { code: 'source-format', rowsWithRemedy: [3] },
  );
  check(
    'that mixes line ends far down can be read leniently',
    { file: 'mixedLate.csv', content: `a,b\n${lines(30_000, (i) => `${i},x`)}7,y\r\n1,z\r\n` },
    { code: 'source-format', rowsWithRemedy: [30_002] },
  );
  check(
    'in Latin-1 can be read as such, or without its bad rows',
    { file: 'latin.csv', content: latin1('name,v\nJosé,1\nAño,2\nBo,3\n') },
    { code: 'source-format', line: 2, rowsWithRemedy: [3, 1] },
  );
  check(
    'with bytes of Latin-1 far down names their line',
    {
      file: 'latinLate.csv',
      content: Buffer.concat([Buffer.from(`a,b\n${lines(30_000, (i) => `${i},x`)}`), latin1('7,é\n')]),
    },
    { code: 'source-format', line: 30_002, rowsWithRemedy: [30_001, 30_000] },
  );
  check(
    'in UTF-16 without a byte order mark can be read as such',
    { file: 'utf16.csv', content: utf16('name,v\nJosé,1\nAño,2\n') },
    { code: 'source-format', rowsWithRemedy: [2] },
  );
  check(
    'in UTF-16 with its bytes the other way round can be read as such',
    { file: 'utf16be.csv', content: utf16('\ufeffname,v\nJosé,1\nAño,2\n').swap16() },
    { code: 'source-format', rowsWithRemedy: [2] },
  );
  check(
    'in Windows-1252 can be read as such, or without its bad rows',
    {
      file: 'windows.csv',
      content: Buffer.concat([Buffer.from('name,v\n'), Buffer.from([0x80]), latin1('é,1\nBo,3\n')]),
    },
    { code: 'source-format', line: 2, rowsWithRemedy: [2, 1] },
  );
  check(
    'with a quote that does not close can be read leniently or without that row',
    { file: 'quote.csv', content: `a,b\n${lines(30_000, (i) => `${i},"x"`)}7,"abc"d\n1,"z"\n` },
    { code: 'source-format', line: 30_002, rowsWithRemedy: [30_002, 30_000] },
  );
  check(
    'with a cell of megabytes can be read when longer lines are allowed',
    { file: 'cell.csv', content: `id,text\n1,${'x'.repeat(3_000_000)}\n2,short\n` },
    { code: 'source-format', line: 1, rowsWithRemedy: [2] },
  );
  check(
    'that is binary says so',
    { file: 'binary.csv', content: Uint8Array.from({ length: 999 }, (_, i) => (i * 7) % 5) },
    { code: 'source-format' },
  );
  check(
    'that is a gzip archive can be read as one',
    { file: 'zipped.csv', content: Buffer.from('H4sIAAAAAAAAA0vUSeIy1DHiMtYx4QIAaWfcPQwAAAA=', 'base64') },
    { code: 'source-format', rowsWithRemedy: [2] },
  );
  check(
    'that is a Parquet file can be read as one',
    { file: 'parquet.csv', content: readFileSync('node_modules/vega-datasets/data/flights-3m.parquet') },
    { code: 'source-format', rowsWithRemedy: [3_000_000] },
  );
  check(
    'that is JSON can be read as such',
    { file: 'json.csv', content: '[{"a":1},{"a":2}]' },
    { code: 'source-format', rowsWithRemedy: [2] },
  );
  check(
    'that is a web page says so',
    { file: 'page.csv', content: '\n<!DOCTYPE html>\n<html><h1>404, not found</h1></html>\n' },
    { code: 'source-format' },
  );
});

describe('another file', () => {
  check(
    'of JSON that is cut off says so',
    { file: 'cut.json', content: '[{"a":1},{"a":', format: 'json' },
    { code: 'source-format', line: 1 },
  );
  check(
    'of JSON with a fault in one of its objects names the line',
    { file: 'objects.json', content: '[\n{"a":1},\n{"a":\n2},\n{"a":},\n{"a":3}\n]', format: 'json' },
    { code: 'source-format', line: 5 },
  );
  check(
    'of JSON that is one object names the line of its fault',
    { file: 'object.json', content: '{"type":"X",\n"features":[\n{"a":1},\n{"a":2\n]}', format: 'json' },
    { code: 'source-format', line: 5 },
  );
  check(
    'of JSON whose fault is far from its beginning names the line',
    { file: 'far.json', content: `[${lines(100_000, (i) => `{"a":${i}},`)}{"a":1 2}]`, format: 'json' },
    { code: 'source-format', line: 100_001 },
  );
  check(
    'of JSON in UTF-16 says so',
    { file: 'wide.json', content: utf16('\ufeff[{"a":1},{"a":2}]'), format: 'json' },
    { code: 'source-format' },
  );
  check(
    'of JSON Lines with a word among numbers names its line',
    { file: 'word.jsonl', content: `${lines(30_000, (i) => `{"a":${i}}`)}{"a":"oops"}\n`, format: 'jsonl' },
    { code: 'source-format', line: 30_001, rowsWithRemedy: [30_001, 30_001] },
  );
  check(
    'of JSON Lines with a malformed line names it',
    { file: 'malformed.jsonl', content: `${lines(30_000, (i) => `{"a":${i}}`)}{"a":oops}\n{"a":1}\n`, format: 'jsonl' },
    { code: 'source-format', line: 30_001, rowsWithRemedy: [30_002] },
  );
  check(
    'of Parquet that is text can be read as such',
    { file: 'text.parquet', content: 'a,b\n1,2\n3,4\n5,6\n', format: 'parquet' },
    { code: 'source-format', rowsWithRemedy: [3] },
  );
  check(
    'of Arrow that is text can be read as such',
    { file: 'text.arrow', content: 'a,b\n1,2\n', format: 'arrow' },
    { code: 'source-format', rowsWithRemedy: [1] },
  );
  check(
    'of Arrow without a byte is empty',
    { file: 'empty.arrow', content: '', format: 'arrow' },
    { code: 'source-empty' },
  );
  check(
    'of DuckDB that is text says so',
    { file: 'text.duckdb', content: 'a,b\n1,2\n', format: 'duckdb' },
    { code: 'source-format' },
  );
});

test.each(['places.db', 'places.sqlite'])(
  'the SQLite database %s is called one, with ways to read it',
  async (name) => {
    const path = await writeInto(folder, name, `SQLite format 3\0${'\0'.repeat(4080)}`);
    const format = formatOfPath(path) ?? 'csv';
    const refusal = {
      code: 'source-format',
      message: 'This is an SQLite database, for which DuckDB needs an extension.',
      details: { path, hint: expect.stringMatching(/pika\.extensions\.enabled.*CSV/) as unknown },
    };
    await expect(engine.describe(path, { format })).rejects.toMatchObject(refusal);
    await expect(engine.import(path, { format, table: 'places' })).rejects.toMatchObject(refusal);
    await expect(engine.engine.listTables(path, never)).rejects.toMatchObject(refusal);
    const request = { files: [path], format, options: {}, table: "o'clock" };
    const relation = `sqlite_scan('${path}', 'o''clock')`;
    expect(await engine.engine.portableSource(request, never)).toEqual({ relation });
  },
);

test('a truncated Parquet or Arrow file says that its end is missing', async () => {
  const data = 'node_modules/vega-datasets/data';
  for (const [name, format] of [
    ['flights-3m.parquet', 'parquet'],
    ['flights-200k.arrow', 'arrow'],
  ] as const) {
    const content = (await readFile(join(data, name))).subarray(0, 300_000);
    const path = await writeInto(folder, `truncated-${name}`, content);
    await expect(engine.describe(path, { format })).rejects.toMatchObject({ code: 'source-format', details: { path } });
  }
});

test('a file or glob that is not there, a folder and a file elsewhere are told apart', async () => {
  const codeOf = (path: string) =>
    engine.describe(path).catch((error: unknown) => (PikaError.is(error) ? error.code : error));
  const paths = [join(folder, 'gone.csv'), join(folder, 'gone*.csv'), folder, '/etc/passwd'];
  const codes = await Promise.all(paths.map(codeOf));
  expect(codes).toEqual(['source-missing', 'source-missing', 'source-format', 'source-outside']);
});

test('a file that may not be read says so', () => {
  expect(fileError('/x', 'EACCES')).toMatchObject({ code: 'source-unreadable', details: { path: '/x' } });
});

test('an unknown reader option is refused by name', async () => {
  const path = await writeInto(folder, 'options.csv', 'a,b\n1,2\n');
  await expect(engine.describe(path, { options: { delimm: ';' } })).rejects.toMatchObject({
    code: 'bad-request',
    message: expect.stringContaining('delimm') as string,
  });
});
