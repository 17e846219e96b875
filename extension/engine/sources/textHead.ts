import { extname } from 'node:path';
import { PikaError, type Remedy } from '#common/base/pikaError';
import { FILE_KIND_NAMES, fileKind, readHead, type FileKind } from './fileKind.ts';
import { UTF_16, UTF_16_BE } from './readFailure.ts';
import type { ReaderOptions } from './readerOptions.ts';
import { emptyFile, type SourceFile } from './sourceFiles.ts';

/** The head of a text file that is worth reading; null when it is compressed. */
export type TextHead = string | null;

/**
 * Looks at the first bytes of a file that is to be read as text.
 *
 * @param canDecode Whether the reader can be told an encoding.
 * @throws PikaError `source-empty`, or `source-format` when the file is something else, whatever its name says.
 */
export async function readTextHead(file: SourceFile, options: ReaderOptions, canDecode = true): Promise<TextHead> {
  const head = await readHead(file.path);
  const kind = fileKind(head);
  const text = new TextDecoder('latin1').decode(head);
  if (kind === 'text') {
    if (head.length === file.byteLength && /^(?:\u00ef\u00bb\u00bf)?\s*$/.test(text)) throw emptyFile(file.path);
    return text;
  }
  if (kind === 'utf-16' && isUtf16(options['encoding'])) return text.replaceAll('\0', '');
  if (isDecompressed(kind, file.path, options)) return null;
  throw kind.startsWith('utf-16') && !canDecode ? utf16Error(file.path, SAVE_AS_UTF_8) : otherKind(kind, file.path);
}

function isUtf16(encoding: unknown): boolean {
  return typeof encoding === 'string' && /^utf-?16/i.test(encoding);
}

function isDecompressed(kind: FileKind, path: string, options: ReaderOptions): boolean {
  const compression = options['compression'];
  if (kind === 'gzip') return compression === 'gzip' || /\.gz$/i.test(path);
  return kind === 'zstd' && (compression === 'zstd' || /\.zst$/i.test(path));
}

function otherKind(kind: FileKind, path: string): PikaError {
  if (kind === 'utf-16') return utf16Error(path, { hint: 'Read it as UTF-16.', remedies: [UTF_16] });
  if (kind === 'utf-16be') return utf16Error(path, { hint: 'Read it as UTF-16.', remedies: [UTF_16_BE] });
  return misnamed(FILE_KIND_NAMES[kind], path, helpFor(kind));
}

function utf16Error(path: string, help: Help): PikaError {
  return new PikaError('source-format', 'This file is encoded in UTF-16.', { path, ...help });
}

/** The error of a file whose name says that it is something else than `what`. */
function misnamed(what: string, path: string, help: Help): PikaError {
  const message = `This is ${what}, although its name ${ending(path)}.`;
  return new PikaError('source-format', message, { path, ...help });
}

function ending(path: string): string {
  const extension = extname(path);
  return extension === '' ? 'has no ending' : `ends in ${extension}`;
}

interface Help {
  readonly hint: string;
  readonly remedies?: readonly Remedy[];
}

const SAVE_AS_UTF_8: Help = {
  hint: 'Open the file as text, and save it as UTF-8 with Save with Encoding.',
};

const JSON_HELP: Help = {
  hint: 'Read it as JSON.',
  remedies: [{ title: 'Read as JSON', readerOptions: {}, format: 'json' }],
};

/** @throws PikaError `source-format` when the head of a file that is to be read as CSV is JSON. */
export function refuseJson(head: TextHead, path: string): void {
  if (head !== null && looksLikeJson(head)) throw misnamed('JSON', path, JSON_HELP);
}

/** Only what no table begins with: an object, or a list of objects or lists. */
function looksLikeJson(head: string): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?\s*(?:\[\s*[[{]|\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}))/.test(head);
}

/** The encoding that a byte order mark tells of, where a reader has to be told it. */
export async function markedEncoding(path: string): Promise<'utf-16' | null> {
  const [first, second] = await readHead(path, 2);
  return first === 0xff && second === 0xfe ? 'utf-16' : null;
}

/**
 * Says what a file is whose content no reader of `kind` understands.
 *
 * @throws PikaError `source-format` when its first bytes are those of something else.
 */
export async function refuseOtherKind(path: string, kind: FileKind): Promise<void> {
  const head = await readHead(path);
  const found = fileKind(head);
  if (found === kind || found === 'binary') return;
  if (found === 'text' && looksLikeJson(new TextDecoder('latin1').decode(head)))
    throw misnamed('JSON', path, JSON_HELP);
  throw otherKind(found, path);
}

function helpFor(kind: Exclude<FileKind, 'utf-16' | 'utf-16be'>): Help {
  switch (kind) {
    case 'gzip':
    case 'zstd':
      return {
        hint: 'Read it as a compressed file.',
        remedies: [{ title: 'Decompress While Reading', readerOptions: { compression: kind } }],
      };
    case 'parquet':
      return {
        hint: 'Read it as Parquet.',
        remedies: [{ title: 'Read as Parquet', readerOptions: {}, format: 'parquet' }],
      };
    case 'arrow':
      return {
        hint: 'Read it as Arrow.',
        remedies: [{ title: 'Read as Arrow', readerOptions: {}, format: 'arrow' }],
      };
    case 'duckdb':
      return { hint: 'Rename it so that it ends in .duckdb, and open it again.' };
    case 'zip':
      return { hint: 'Unpack it, or save the spreadsheet as CSV.' };
    case 'html':
      return { hint: 'Where it came from may have answered with an error or a login page: open it as text to see.' };
    case 'xml':
      return { hint: 'Save or export it as CSV.' };
    case 'text':
      return { hint: 'Read it as CSV.', remedies: [{ title: 'Read as CSV', readerOptions: {}, format: 'csv' }] };
    case 'sqlite':
    case 'pdf':
    case 'image':
    case 'binary':
      return { hint: 'Only text can be read this way.' };
  }
}
