import { readFile, stat } from 'node:fs/promises';
import { PikaError } from '#common/base/pikaError';
import { fileKind, readHead } from './fileKind.ts';
import { jsonFault } from './jsonFault.ts';
import { MALFORMED_JSON } from './readFailure.ts';

/** Larger files are not read again to find a line in them. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The failure of reading a JSON file with the line that is at fault, which DuckDB only tells of files with a value a line. */
export async function withFaultLine(error: unknown): Promise<unknown> {
  if (!PikaError.is(error, 'source-format') || !error.message.startsWith(MALFORMED_JSON)) return error;
  const { path, line } = error.details;
  if (path === undefined || line !== undefined) return error;
  const found = await faultLine(path).catch(() => null);
  return found === null
    ? error
    : new PikaError(error.code, error.message, { ...error.details, line: found }, { cause: error });
}

async function faultLine(path: string): Promise<number | null> {
  const { size } = await stat(path);
  if (size > MAX_BYTES || fileKind(await readHead(path)) !== 'text') return null;
  const text = await readFile(path, 'latin1');
  const fault = jsonFault(text.replace(/^\u00ef\u00bb\u00bf/, '   '));
  return fault === null ? null : text.slice(0, fault).split('\n').length;
}
