import { open } from 'node:fs/promises';

const HEAD_BYTES = 4096;
const FEW_NULS_SHARE = 0.001;
const MAX_NUL_SHARE = 0.5;
/** Bytes that no text has. NUL is not among them, for some programs fill their texts up with it. */
// eslint-disable-next-line no-control-regex
const NO_TEXT = /[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]/;

/** What the first bytes of a file say it is. */
export type FileKind =
  | 'text'
  | 'utf-16'
  | 'utf-16be'
  | 'html'
  | 'xml'
  | 'parquet'
  | 'arrow'
  | 'gzip'
  | 'zstd'
  | 'zip'
  | 'sqlite'
  | 'duckdb'
  | 'pdf'
  | 'image'
  | 'binary';

const SIGNATURES: readonly (readonly [kind: FileKind, offset: number, bytes: string])[] = [
  ['parquet', 0, 'PAR1'],
  ['arrow', 0, 'ARROW1'],
  ['gzip', 0, '\x1f\x8b'],
  ['zstd', 0, '\x28\xb5\x2f\xfd'],
  ['zip', 0, 'PK\x03\x04'],
  ['sqlite', 0, 'SQLite format 3\0'],
  ['duckdb', 8, 'DUCK'],
  ['pdf', 0, '%PDF-'],
  ['image', 0, '\x89PNG'],
  ['image', 0, '\xff\xd8\xff'],
  ['image', 0, 'GIF8'],
  ['utf-16', 0, '\xff\xfe'],
  ['utf-16be', 0, '\xfe\xff'],
];

/** Markup at the beginning of a text, after a byte order mark and blank lines. */
const MARKUP: readonly (readonly [kind: FileKind, pattern: RegExp])[] = [
  ['html', /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html|head|body)\b/i],
  ['xml', /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml\b/i],
];

/** The beginning of a file; shorter than asked for when the file is. */
export async function readHead(path: string, byteCount = HEAD_BYTES): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(byteCount), 0, byteCount, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Recognises a file by its first bytes; text is what shows no sign of anything else. */
export function fileKind(head: Uint8Array): FileKind {
  const text = String.fromCharCode(...head);
  const known = SIGNATURES.find(([, offset, bytes]) => text.startsWith(bytes, offset));
  if (known) return known[0];
  const nulCounts = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) nulCounts[index % 2] = (nulCounts[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nulCounts;
  const nulShare = (even + odd) / head.length;
  if (!(nulShare > FEW_NULS_SHARE)) return MARKUP.find(([, pattern]) => pattern.test(text))?.[0] ?? 'text';
  const isEveryOther = Math.max(even, odd) > head.length / 4 && Math.min(even, odd) * 10 < Math.max(even, odd);
  if (isEveryOther) return even > odd ? 'utf-16be' : 'utf-16';
  return nulShare > MAX_NUL_SHARE || NO_TEXT.test(text) ? 'binary' : 'text';
}

/** What a person calls it. */
export const FILE_KIND_NAMES: Readonly<Record<FileKind, string>> = {
  text: 'a text file',
  'utf-16': 'a text file in UTF-16',
  'utf-16be': 'a text file in big-endian UTF-16',
  html: 'a web page (HTML)',
  xml: 'an XML document',
  parquet: 'a Parquet file',
  arrow: 'an Arrow file',
  gzip: 'a gzip archive',
  zstd: 'a Zstandard archive',
  zip: 'a zip archive (or a spreadsheet)',
  sqlite: 'an SQLite database',
  duckdb: 'a DuckDB database',
  pdf: 'a PDF document',
  image: 'an image',
  binary: 'a binary file',
};
