import { gzipSync, zstdCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SourceFormat } from '#common/document/pikaDocument';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

let folder: string;
let engine: EngineInProcess;
beforeAll(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder, { allowedPaths: [folder] });
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
  check('texts that are filled up with NUL', { file: 'nul.csv', content: 'a,b\n1,x\0\0\0\n2,y\0z\n' }, [
    ['a BIGINT', 'b VARCHAR'],
    [
      ['1', 'x\0\0\0'],
      ['2', 'y\0z'],
    ],
    0,
  ]);
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
    'JSON with texts, numbers and truth values in one column as text',
    {
      file: 'mixed.json',
      content: '[{"a":"x \\"y\\"","b":1},{"a":12345678901234567890123,"b":2},{"a":true,"b":3}]',
      format: 'json',
    },
    [
      ['a VARCHAR', 'b BIGINT'],
      [
        ['x "y"', '1'],
        ['12345678901234567890123', '2'],
        ['true', '3'],
      ],
      0,
    ],
  );
  check(
    'JSON with an object among texts as it is',
    { file: 'objects.jsonl', content: '{"a":"x"}\n{"a":{"b":1}}\n', format: 'jsonl' },
    [['a JSON'], [['"x"'], ['{"b":1}']], 0],
  );
  check(
    'JSON with keys that differ only in case',
    { file: 'keys.json', content: '[{"a":1,"A":2,"":3}]', format: 'json' },
    [['a BIGINT', 'A_1 BIGINT', 'C2 BIGINT'], [['1', '2', '3']], 0],
  );
});
