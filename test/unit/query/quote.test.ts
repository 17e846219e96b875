import { beforeAll, expect, test } from 'vitest';
import { doubleLiteral } from '../../../extension/query/axisSql.ts';
import { quoteIdentifier, quoteLiteral } from '../../../extension/query/quote.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { seededRandom } from '../../support/seededRandom.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const texts = [
  'plain',
  "it's",
  '"quoted"',
  'a.b',
  'select',
  'ünï 📈',
  '-- no comment',
  ' ',
  '\n\t',
  "'; DROP TABLE t; --",
  '$1 ?',
];

function check(text: string): void {
  test(`${JSON.stringify(text)} survives as a name and as a text`, async () => {
    const rows = await duckdb.rows(`SELECT ${quoteLiteral(text)} AS ${quoteIdentifier(text)}`);
    expect(rows).toEqual([{ [text]: text }]);
  });
}

texts.forEach(check);

test('double literals are read back bit for bit, and as DOUBLE', async () => {
  const random = seededRandom(7);
  const view = new DataView(new ArrayBuffer(8));
  const randomDouble = () => {
    view.setUint32(0, random() * 2 ** 32);
    view.setUint32(4, random() * 2 ** 32);
    return view.getFloat64(0);
  };
  const randoms = Array.from({ length: 2000 }, randomDouble).filter(Number.isFinite);
  const special = [
    0,
    1,
    -1,
    0.1,
    1e21,
    -1e21,
    5e-324,
    2.2250738585072014e-308,
    1.7976931348623157e308,
    2 ** 53,
    4294967294,
    1e22,
    123456.789,
  ];
  const values = [...special, ...randoms];
  const rows = await duckdb.texts(
    `SELECT v, typeof(v) FROM (SELECT unnest([${values.map(doubleLiteral).join(', ')}]) AS v)`,
  );
  expect(rows.map(([text, type]) => [Number(text), type])).toEqual(values.map((value) => [value, 'DOUBLE']));
});
