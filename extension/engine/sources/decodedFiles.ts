import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PikaError } from '#common/base/pikaError';
import type { SourceRequest } from '#common/protocol/engineContract';
import { literalPattern, type SourceFile, type SourceFiles } from './sourceFiles.ts';

/** Encodings that DuckDB reads itself, without its extension `encodings`. */
const OF_DUCKDB = /^(?:utf-?8|latin-?1|iso-?8859-?1|utf-?16)$/i;
const CHUNK_BYTES = 1024 * 1024;

/** The encoding of a text source that has to be decoded before DuckDB can read it; null when there is no need. */
export function foreignEncoding({ format, options: { encoding } }: SourceRequest): string | null {
  const isText = format === 'csv' || format === 'tsv';
  return isText && typeof encoding === 'string' && !OF_DUCKDB.test(encoding) ? encoding : null;
}

/** Source files in an encoding that DuckDB does not read. */
export interface ForeignFiles {
  readonly request: SourceRequest;
  readonly found: SourceFiles;
  readonly encoding: string;
  /** Where the decoded files are until they have been read. */
  readonly folder: string;
}

/**
 * Lets `read` have text files in UTF-8 in the place of files in another encoding, and removes them afterwards.
 *
 * @throws PikaError `bad-request` when the encoding is not known; what `read` throws, about the file as the user knows it.
 * Source of the encodings and their names: the WHATWG Encoding Standard, in which `latin1` is windows-1252.
 */
export async function withDecodedFiles<T>(
  { request, found, encoding, folder }: ForeignFiles,
  read: (request: SourceRequest, found: SourceFiles) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  requireEncoding(encoding);
  const decoded = found.files.map(() => join(folder, `decoded-${randomUUID()}.csv`));
  try {
    const files = await Promise.all(found.files.map((file, i) => decode(file, decoded[i] ?? '', encoding, signal)));
    const patterns = decoded.map(literalPattern);
    const byteLength = files.reduce((sum, file) => sum + file.byteLength, 0);
    const options = Object.fromEntries(Object.entries(request.options).filter(([name]) => name !== 'encoding'));
    return await read({ ...request, files: decoded, options }, { patterns, files, byteLength });
  } catch (error) {
    throw aboutOriginal(error, decoded, found.files);
  } finally {
    await Promise.all(decoded.map((path) => rm(path, { force: true })));
  }
}

function requireEncoding(encoding: string): void {
  try {
    new TextDecoder(encoding);
  } catch (error) {
    const hint = 'Name it as the web does, for example windows-1252, utf-16be or shift_jis.';
    throw new PikaError('bad-request', `The encoding ${encoding} is not known.`, { hint }, { cause: error });
  }
}

async function decode(file: SourceFile, path: string, encoding: string, signal: AbortSignal): Promise<SourceFile> {
  const decoder = new TextDecoder(encoding);
  const target = await open(path, 'wx');
  try {
    for await (const chunk of createReadStream(file.path, { highWaterMark: CHUNK_BYTES, signal })) {
      await target.write(decoder.decode(chunk as Uint8Array, { stream: true }));
    }
    await target.write(decoder.decode());
  } finally {
    await target.close();
  }
  return { path, byteLength: (await stat(path)).size, modifiedMs: file.modifiedMs };
}

function aboutOriginal(error: unknown, decoded: readonly string[], files: readonly SourceFile[]): unknown {
  if (!PikaError.is(error) || error.details.path === undefined) return error;
  const path = files[decoded.indexOf(error.details.path)]?.path;
  return path === undefined
    ? error
    : new PikaError(error.code, error.message, { ...error.details, path }, { cause: error });
}
