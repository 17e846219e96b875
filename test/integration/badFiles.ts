import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { PikaErrorCode } from '#common/base/pikaError';

const MANY_COLUMNS = 5_000;
const TRUNCATED_BYTES = 4_096;
const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0, 0xff, 0xfe, 0];

/** An awkward file, and what opening it has to give: rows, or a failure of one of these codes. */
export interface BadFile {
  readonly name: string;
  /** Makes the file's bytes; some are cut out of a real file of the sample data. */
  readonly content: (datasets: string) => Promise<string | Uint8Array>;
  readonly isReadable?: boolean;
  readonly expected: { readonly rows: number } | { readonly codes: readonly PikaErrorCode[] };
}

const text = (content: string) => () => Promise.resolve(content);
const rows = (count: number) => ({ rows: count });
const fails = (...codes: PikaErrorCode[]) => ({ codes });

const wideHeader = Array.from({ length: MANY_COLUMNS }, (_, index) => `c${index}`).join(',');
const wideRow = Array.from({ length: MANY_COLUMNS }, (_, index) => index).join(',');

export const BAD_FILES: readonly BadFile[] = [
  { name: 'empty.csv', content: text(''), expected: fails('source-empty') },
  { name: 'headerOnly.csv', content: text('a,b,c\n'), expected: rows(0) },
  { name: 'oneColumn.csv', content: text('value\n1\n2\n3\n'), expected: rows(3) },
  { name: 'wide.csv', content: text(`${wideHeader}\n${wideRow}\n${wideRow}\n`), expected: rows(2) },
  { name: 'naStrings.csv', content: text('a,b\n1,NA\nNA,2\n3,4\n'), expected: rows(3) },
  { name: 'duplicateNames.csv', content: text('a,a,,a\n1,2,3,4\n5,6,7,8\n'), expected: rows(2) },
  {
    name: 'strangeNames.csv',
    content: text('"say ""hi""",two words,dot.ted,🦊,select,order,it\'s\n1,2,3,4,5,6,7\n2,3,4,5,6,7,8\n'),
    expected: rows(2),
  },
  { name: `it's 100% #1 [x].csv`, content: text('a,b\n1,2\n3,4\n'), expected: rows(2) },
  {
    name: 'picture.csv',
    content: () => Promise.resolve(Uint8Array.from([...PNG_START, ...new Uint8Array(300)])),
    expected: fails('source-format'),
  },
  { name: 'truncated.parquet', content: truncatedParquet, expected: fails('source-format', 'source-unreadable') },
  { name: 'notJson.json', content: text('{"a": 1, oops'), expected: fails('source-format') },
  { name: 'notArrow.arrow', content: text('no arrow file at all'), expected: fails('source-format') },
  {
    name: 'badNumber.csv',
    content: text(`id,value\n${Array.from({ length: 30_000 }, (_, i) => `${i},${i}`).join('\n')}\n30000,oops\n`),
    expected: fails('source-format'),
  },
  {
    name: 'mixedLineEnds.csv',
    content: text('a,b\r\n1,2\n3,4\r\n5,6\n'),
    expected: fails('source-format'),
  },
];

async function truncatedParquet(datasets: string): Promise<Uint8Array> {
  const file = await open(join(datasets, 'flights-3m.parquet'));
  try {
    const { buffer } = await file.read(new Uint8Array(TRUNCATED_BYTES), 0, TRUNCATED_BYTES, 0);
    return buffer;
  } finally {
    await file.close();
  }
}
