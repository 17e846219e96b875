import { extname } from 'node:path';
import { PikaError, type Remedy } from '#common/base/pikaError';
import { FILE_KIND_NAMES, fileKind, readHead, type FileKind } from './fileKind.ts';
import { UTF_16 } from './readFailure.ts';
import type { ReaderOptions } from './readerOptions.ts';
import { emptyFile, type SourceFile } from './sourceFiles.ts';

/** The head of a text file that is worth reading; null when it is compressed. */
export type TextHead = string | null;

/**
 * Looks at the first bytes of a file that is to be read as text.
 *
 * @throws PikaError `source-empty`, or `source-format` when the file is something else, whatever its name says.
 */
export async function readTextHead(file: SourceFile, options: ReaderOptions): Promise<TextHead> {
  const head = await readHead(file.path);
  const kind = fileKind(head);
  const text = new TextDecoder('latin1').decode(head);
  if (kind === 'text') {
    if (head.length === file.byteLength && /^(?:\u00ef\u00bb\u00bf)?\s*$/.test(text)) throw emptyFile(file.path);
    return text;
  }
  if (kind === 'utf-16' && isUtf16(options['encoding'])) return text.replaceAll('\0', '');
  if (isDecompressed(kind, file.path, options)) return null;
  throw otherKind(kind, file.path);
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
  const message = `This is ${FILE_KIND_NAMES[kind]}, whatever its name (${extname(path) || 'without extension'}) says.`;
  return new PikaError('source-format', message, { path, ...helpFor(kind) });
}

function helpFor(kind: FileKind): { hint: string; remedies?: readonly Remedy[] } {
  switch (kind) {
    case 'utf-16':
      return { hint: 'Read it as UTF-16.', remedies: [UTF_16] };
    case 'gzip':
    case 'zstd':
      return {
        hint: 'Read it as a compressed file.',
        remedies: [{ title: 'Decompress while reading', readerOptions: { compression: kind } }],
      };
    case 'parquet':
      return { hint: 'Rename it so that it ends in .parquet, and open it again.' };
    case 'arrow':
      return { hint: 'Rename it so that it ends in .arrow, and open it again.' };
    case 'duckdb':
      return { hint: 'Rename it so that it ends in .duckdb, and open it again.' };
    case 'zip':
      return { hint: 'Unpack it, or save the spreadsheet as CSV.' };
    case 'text':
    case 'sqlite':
    case 'pdf':
    case 'image':
    case 'binary':
      return { hint: 'Only text can be read this way.' };
  }
}
