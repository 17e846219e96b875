import { expect, test } from 'vitest';
import { isNested } from '#common/table/nestedType';
import { cellContent } from '../../../webview/table/cellContent.ts';
import { jsonTree, type JsonPart } from '../../../webview/table/jsonTree.ts';

/** A tree as plain pairs. */
function plain(part: JsonPart | null): unknown {
  if (part === null || part.kind === 'value') return part?.text ?? null;
  return part.entries.map(({ name, value }) => [name, plain(value)]);
}

test.each<[string, string, unknown]>([
  [
    'objects, repeated names too',
    '{"a": 1, "a": [true, null]}',
    [
      ['a', '1'],
      [
        'a',
        [
          ['0', 'true'],
          ['1', 'null'],
        ],
      ],
    ],
  ],
  [
    'numbers as they are written',
    '[9007199254740993, 1.50, -1e400]',
    [
      ['0', '9007199254740993'],
      ['1', '1.50'],
      ['2', '-1e400'],
    ],
  ],
  [
    'infinities as DuckDB writes them',
    '[nan, -inf]',
    [
      ['0', 'nan'],
      ['1', '-inf'],
    ],
  ],
  ['escapes', '{"\\u00e9\\n": "\\""}', [['é\n', '"']]],
  [
    'nothing inside',
    '{"a": [], "b": {}}',
    [
      ['a', []],
      ['b', []],
    ],
  ],
  ['no value by itself', '"text"', null],
  ['no unfinished text', '{"a": [1, 2}', null],
  ['nothing that only begins like one', "{'from': ATL}", null],
  ['nothing behind the end', '[1] 2', null],
  ['levels beyond counting', '['.repeat(5000), null],
])('a tree has %s', (_, text, expected) => {
  expect(plain(jsonTree(text))).toEqual(expected);
});

test('types that hold others are told apart by their names', () => {
  const types = [
    'STRUCT(a INTEGER)',
    'INTEGER[]',
    'DOUBLE[3]',
    'MAP(VARCHAR, INTEGER)',
    'UNION(a INTEGER)',
    'VARCHAR',
    'DECIMAL(9,2)',
    'BLOB',
  ];
  expect(types.filter(isNested)).toEqual(types.slice(0, 5));
});

test.each([
  ['VARCHAR', null, 'null', 'no value'],
  ['VARCHAR', '', 'text', 'empty text'],
  ['VARCHAR', '[1, 2]', 'tree', '2 items'],
  ['JSON', '{"a":1}', 'tree', '1 field'],
  ['BLOB', '\\x00a', 'hex', '2 bytes'],
  ['STRUCT(a INTEGER)', "{'a': 1}", 'text', '8 characters'],
  ['TIMESTAMP WITH TIME ZONE', '2024-01-01 00:00:00+00', 'text', 'time zone UTC'],
])('a value of %s is shown for what it is', (type, text, kind, note) => {
  expect(cellContent({ name: 'a', type }, text)).toMatchObject({ kind, note });
});
