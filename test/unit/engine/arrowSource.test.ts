import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import {
  Bool,
  Date_,
  DateDay,
  DateMillisecond,
  Decimal,
  DurationMillisecond,
  Field,
  FixedSizeBinary,
  Float16,
  Float64,
  Int32,
  Int64,
  List,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  TimeMillisecond,
  TimestampMicrosecond,
  TimestampNanosecond,
  TimestampSecond,
  Utf8,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { beforeAll, expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import type { Progress } from '#common/protocol/engineContract';
import { withArrowFiles } from '../../../extension/engine/sources/arrowFile.ts';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

/** What a record batch really has that says it has more. */
const CLAIMING_BYTES = 8 * 12_345;
const FLIGHTS = 'node_modules/vega-datasets/data/flights-200k.arrow';
let folder: string;
let engine: EngineInProcess;
beforeAll(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder, { allowedPaths: [folder, FLIGHTS] });
});

/** A column of three values, the second NULL: the DuckDB type it gets and the texts of its values. */
function check(name: string, type: DataType, [first, third]: readonly unknown[], expected: readonly string[]): void {
  test(`reads ${name}`, async () => {
    const table = new Table({ v: vectorFromArray([first, null, third], type) });
    const ipc = tableToIPC(table, 'stream');
    const path = await writeInto(folder, `${name}.arrow`, ipc);
    const source = await engine.import(path, { format: 'arrow' });
    const rows = await engine.texts(source);
    const [duckdbType, ...texts] = expected;
    expect([source.columns[0]?.type, source.access, rows]).toEqual([
      duckdbType,
      'loaded',
      [[texts[0]], [null], [texts[1]]],
    ]);
  });
}

const MOMENT = new Date('2024-02-29T12:34:56Z');
const words = (...each: number[]) => Uint32Array.from(each);

check('booleans', new Bool(), [true, false], ['BOOLEAN', 'true', 'false']);
check(
  'large integers',
  new Int64(),
  [2n ** 63n - 1n, -(2n ** 63n)],
  ['BIGINT', '9223372036854775807', '-9223372036854775808'],
);
check('half floats', new Float16(), [1.5, -2], ['FLOAT', '1.5', '-2.0']);
check('text', new Utf8(), ['é', ''], ['VARCHAR', 'é', '']);
check('days', new DateDay(), [MOMENT, new Date(0)], ['DATE', '2024-02-29', '1970-01-01']);
check(
  'dates in milliseconds',
  new DateMillisecond() as Date_,
  [MOMENT, new Date(0)],
  ['DATE', '2024-02-29', '1970-01-01'],
);
check(
  'seconds',
  new TimestampSecond(),
  [MOMENT, new Date(0)],
  ['TIMESTAMP_S', '2024-02-29 12:34:56', '1970-01-01 00:00:00'],
);
check(
  'instants',
  new TimestampNanosecond('Europe/Paris'),
  [MOMENT, new Date(0)],
  ['TIMESTAMP WITH TIME ZONE', '2024-02-29 12:34:56+00', '1970-01-01 00:00:00+00'],
);
check('times of day', new TimeMillisecond(), [1000, 2], ['TIME', '00:00:01', '00:00:00.002']);
check('durations', new DurationMillisecond(), [5n, 86_400_000n], ['INTERVAL', '00:00:00.005', '24:00:00']);
check(
  'decimals',
  new Decimal(2, 10, 128),
  [words(1, 0, 0, 0), words(0xffffff9b, ...Array<number>(3).fill(0xffffffff))],
  ['DECIMAL(10,2)', '0.01', '-1.01'],
);
check('bytes', new FixedSizeBinary(2), [Uint8Array.of(1, 97), Uint8Array.of(0, 0)], ['BLOB', '\\x01a', '\\x00\\x00']);
check('lists', new List(new Field('item', new Int32())), [[1, 2], []], ['INTEGER[]', '[1, 2]', '[]']);
check(
  'lists of times',
  new List(new Field('item', new TimestampMicrosecond())),
  [[MOMENT], []],
  ['TIMESTAMP[]', "['2024-02-29 12:34:56']", '[]'],
);
check(
  'structs',
  new Struct([new Field('a', new Int32()), new Field('b', new Utf8())]),
  [
    { a: 1, b: 'x' },
    { a: null, b: 'y' },
  ],
  ['STRUCT(a INTEGER, b VARCHAR)', "{'a': 1, 'b': x}", "{'a': NULL, 'b': y}"],
);

test('reads dictionaries as what they stand for', async () => {
  const ipc = tableToIPC(new Table({ v: vectorFromArray(['x', null, 'y', 'x']) }), 'stream');
  const path = await writeInto(folder, 'dictionary.arrow', ipc);
  const source = await engine.import(path, { format: 'arrow' });
  expect([source.columns[0]?.type, await engine.texts(source)]).toEqual(['VARCHAR', [['x'], [null], ['y'], ['x']]]);
});

test('keeps every value of many rows with NULLs, from a file and from a stream', async () => {
  const random = seededRandom(3);
  const values = Array.from({ length: 20_001 }, () => (random() < 0.1 ? null : random()));
  const table = new Table({
    v: vectorFromArray(values, new Float64()),
    V: vectorFromArray(values.map((v) => v !== null && v < 0.5)),
  });
  for (const kind of ['file', 'stream'] as const) {
    const path = await writeInto(folder, `${kind}.arrow`, tableToIPC(table, kind));
    const source = await engine.import(path, { format: 'arrow' });
    const rows = await engine.rows(`SELECT v FROM ${source.relation}`);
    expect([source.columns.map(({ name }) => name), source.rowCount]).toEqual([['v', 'V_1'], values.length]);
    expect(rows.map(([value]) => value)).toEqual(values);
  }
});

test('reads a file of vega-datasets with apache-arrow’s values', async () => {
  const source = await engine.import(FLIGHTS, { format: 'arrow' });
  const table = tableFromIPC(await readFile(FLIGHTS));
  const [[count, delays, distances] = []] = await engine.rows(
    `SELECT count(*)::INT, sum(delay)::DOUBLE, sum(distance)::DOUBLE FROM ${source.relation}`,
  );
  const sumOf = (name: string) =>
    [...(table.getChild(name) ?? [])].reduce((sum: number, value) => sum + Number(value), 0);
  expect([count, delays, distances]).toEqual([table.numRows, sumOf('delay'), sumOf('distance')]);
});

test('reads several files of the same columns as one, and refuses others', async () => {
  const ipc = (values: number[], name: string) =>
    tableToIPC(new Table({ [name]: vectorFromArray(values, new Int32()) }), 'file');
  const first = await writeInto(folder, 'a1.arrow', ipc([1, 2], 'v'));
  const second = await writeInto(folder, 'a2.arrow', ipc([3], 'v'));
  const other = await writeInto(folder, 'a3.arrow', ipc([3], 'w'));
  expect(await engine.texts(await engine.import([first, second], { format: 'arrow' }))).toEqual([['1'], ['2'], ['3']]);
  await expect(engine.import([first, other], { format: 'arrow' })).rejects.toMatchObject({
    code: 'source-format',
    details: { path: join(folder, 'a3.arrow') },
  });
});

test('says what is in a file before it is read, then how far the reading is', async () => {
  const texts = vectorFromArray(
    Array.from({ length: 50_000 }, (_, i) => `text ${i}`),
    new Utf8(),
  );
  const part = new Table({ text: texts }).batches;
  const path = await writeInto(folder, 'long.arrow', tableToIPC(new Table(Array(20).fill(part).flat()), 'file'));
  const described = await engine.describe(path, { format: 'arrow' });
  expect([described.access, described.isImportAdvised, described.columns]).toEqual([
    'unread',
    true,
    [{ name: 'text', type: 'VARCHAR' }],
  ]);
  const fractions: number[] = [];
  const report = (progress: unknown) => void fractions.push((progress as Progress).fraction);
  const loaded = await engine.import(path, { format: 'arrow' }, { report });
  expect([loaded.access, loaded.rowCount, (await engine.describe(path, { format: 'arrow' })).access]).toEqual([
    'loaded',
    1_000_000,
    'loaded',
  ]);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect([fractions.some((each) => each > 0 && each < 1), fractions.at(-1)]).toEqual([true, 1]);
});

test('reads a file that is larger than the memory it may use, a record batch at a time', async () => {
  const bytes = 64 * 2 ** 20;
  const small = await EngineInProcess.open(await testFolder(), { allowedPaths: [folder], memoryLimitBytes: bytes });
  const part = new Table({ v: vectorFromArray(Float64Array.from({ length: 500_000 }, (_, i) => Math.sin(i))) }).batches;
  const path = await writeInto(folder, 'larger.arrow', tableToIPC(new Table(Array(20).fill(part).flat()), 'stream'));
  const loaded = await small.import(path, { format: 'arrow' });
  expect(loaded.byteLength).toBeGreaterThan(bytes);
  const sql = `SELECT count(*)::INT, count(DISTINCT v)::INT FROM ${loaded.relation}`;
  expect(await small.rows(sql)).toEqual([[10_000_000, 500_000]]);
});

/** An Arrow stream whose one record batch says that it has so many bytes, in a file that is as long but takes no room. */
async function writeClaiming(name: string, claimed: number): Promise<string> {
  const ipc = Buffer.from(
    tableToIPC(new Table({ v: vectorFromArray(new Float64Array(CLAIMING_BYTES / 8)) }), 'stream'),
  );
  const word = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
  for (let at = ipc.indexOf(word(CLAIMING_BYTES)); at >= 0; at = ipc.indexOf(word(CLAIMING_BYTES)))
    word(claimed).copy(ipc, at);
  const path = await writeInto(folder, name, ipc);
  await truncate(path, claimed + ipc.length);
  return path;
}

test('reads a record batch of more than 2 GB piece by piece', async () => {
  const path = await writeClaiming('huge.arrow', 3 * 2 ** 30);
  const enough = new PikaError('cancelled', 'That was enough.');
  const readOn = withArrowFiles(
    [{ path }],
    async ({ batches }) => {
      for await (const batch of batches) expect(batch).toBeUndefined();
    },
    (byteCount) => {
      if (byteCount > CLAIMING_BYTES) throw enough;
    },
  );
  await expect(readOn).rejects.toBe(enough);
});

test('says that a record batch is larger than the free memory before it takes any', async () => {
  const path = await writeClaiming('larger-batch.arrow', 2 ** 43);
  let readBytes = 0;
  const reading = withArrowFiles(
    [{ path }],
    async ({ batches }) => {
      for await (const batch of batches) expect(batch).toBeUndefined();
    },
    (byteCount) => void (readBytes += byteCount),
  );
  await expect(reading).rejects.toMatchObject({
    code: 'source-unreadable',
    message: 'A record batch of this Arrow file is larger than the free memory.',
    details: { path, hint: expect.stringContaining('smaller record batches') as string },
  });
  expect(readBytes).toBeLessThan(CLAIMING_BYTES);
});
