import { expect, test } from 'vitest';
import { copyText, type CopyFormat } from '#common/table/copyText';

const COLUMNS = [
  { name: 'n', type: 'BIGINT' },
  { name: 'a|b', type: 'VARCHAR' },
];
const ROWS = [
  ['9007199254740993', 'it\'s "x"\ty'],
  [null, ''],
  ['9007199254740993', 'a|b\nc'],
];

const CASES: readonly (readonly [CopyFormat, string])[] = [
  ['tsv', '9007199254740993\t"it\'s ""x""\ty"\n\t\n9007199254740993\t"a|b\nc"'],
  ['csv', 'n,a|b\n9007199254740993,"it\'s ""x""\ty"\n,""\n9007199254740993,"a|b\nc"'],
  [
    'markdown',
    '| n | a\\|b |\n| ---: | --- |\n| 9007199254740993 | it\'s "x"\ty |\n|  |  |\n| 9007199254740993 | a\\|b<br>c |',
  ],
  [
    'json',
    '[\n  { "n": 9007199254740993, "a|b": "it\'s \\"x\\"\\ty" },\n  { "n": null, "a|b": "" },\n  { "n": 9007199254740993, "a|b": "a|b\\nc" }\n]',
  ],
  ['in-list', "(9007199254740993, 'it''s \"x\"\ty', '', 'a|b\nc')"],
];

test.each(CASES)('copies as %s, digits and quotation marks whole', (format, expected) => {
  expect(copyText(format, COLUMNS, ROWS)).toBe(expected);
});

test('nested values and JSON are copied as the JSON they are, and what JSON has no number for as text', () => {
  const columns = [
    { name: 'list', type: 'DOUBLE[]' },
    { name: 'map', type: 'MAP(VARCHAR, BIGINT)' },
    { name: 'raw', type: 'JSON' },
  ];
  const rows = [['[NaN,-Infinity,1.5]', '{"NaN":9007199254740993}', '{"a": [1]}']];
  expect(copyText('json', columns, rows)).toBe(
    '[\n  { "list": ["nan","-inf",1.5], "map": {"NaN":9007199254740993}, "raw": {"a": [1]} }\n]',
  );
});

test('a list of nulls alone is SQL too', () => {
  expect(copyText('in-list', COLUMNS, [[null, null]])).toBe('(NULL)');
});
