import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import { queryError } from '../database/duckdbFailure.ts';
import type { AllowedRoots } from './allowedRoots.ts';

/** A file that exists and may be read. */
export interface SourceFile {
  readonly path: string;
  readonly byteLength: number;
  readonly modifiedMs: number;
}

/** The files a source names. */
export interface SourceFiles {
  /** Patterns for DuckDB's readers: globs as they are, names of existing files with their special characters escaped. */
  readonly patterns: readonly string[];
  /** Never empty. */
  readonly files: readonly SourceFile[];
  readonly byteLength: number;
}

const GLOB_CHARACTER = /[*?[]/;

/**
 * Finds the files behind paths and globs. A path that exists is meant literally, whatever characters its name has.
 *
 * @throws PikaError `source-missing`, `source-unreadable`, `source-empty` or `source-outside`, with the path.
 */
export async function findSourceFiles(
  connection: DuckDBConnection,
  paths: readonly string[],
  allowed: AllowedRoots,
): Promise<SourceFiles> {
  if (paths.length === 0) throw new PikaError('bad-request', 'A source needs at least one file.');
  const patterns: string[] = [];
  const files: SourceFile[] = [];
  for (const path of paths) {
    const found = await statFile(path);
    if (found === null && GLOB_CHARACTER.test(path)) {
      patterns.push(path);
      files.push(...(await expandGlob(connection, path, allowed)));
    } else {
      patterns.push(literalPattern(path));
      files.push(await checkFile(path, found, allowed));
    }
  }
  const byteLength = files.reduce((sum, file) => sum + file.byteLength, 0);
  if (byteLength === 0) throw emptyFile(files[0]?.path ?? '');
  return { patterns, files, byteLength };
}

/** A pattern that matches exactly one path. */
export function literalPattern(path: string): string {
  return path.replace(/[*?[]/g, (character) => `[${character}]`);
}

/** The error of a file without content. */
export function emptyFile(path: string): PikaError {
  return new PikaError('source-empty', 'This file is empty.', { path, hint: 'There is nothing to show yet.' });
}

/** The error of a file that cannot be read, from its `errno` code. */
export function fileError(path: string, errorCode: string): PikaError {
  switch (errorCode) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new PikaError('source-missing', 'This file does not exist.', {
        path,
        hint: 'It may have been moved, renamed or deleted.',
      });
    case 'EISDIR':
      return new PikaError('source-format', 'This is a folder, not a file.', {
        path,
        hint: 'Name its files with a glob, for example folder/*.csv.',
      });
    default:
      return new PikaError('source-unreadable', 'This file cannot be read.', {
        path,
        hint:
          errorCode === 'EACCES' || errorCode === 'EPERM'
            ? 'You have no permission to read it.'
            : `The system says ${errorCode}.`,
      });
  }
}

async function expandGlob(connection: DuckDBConnection, pattern: string, allowed: AllowedRoots): Promise<SourceFile[]> {
  const names = await globNames(connection, pattern);
  if (names.length === 0) {
    throw new PikaError('source-missing', 'No file matches this pattern.', { path: pattern });
  }
  return Promise.all(names.map(async (name) => checkFile(name, await statFile(name), allowed)));
}

async function globNames(connection: DuckDBConnection, pattern: string): Promise<string[]> {
  try {
    const reader = await connection.runAndReadAll('SELECT file FROM glob($1) ORDER BY file', [pattern]);
    return reader.getRows().map((row) => row[0] as string);
  } catch (error) {
    throw queryError(error);
  }
}

async function statFile(path: string): Promise<SourceFile | null> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) throw fileError(path, 'EISDIR');
    return { path, byteLength: facts.size, modifiedMs: facts.mtimeMs };
  } catch (error) {
    if (error instanceof PikaError) throw error;
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw fileError(path, code);
  }
}

async function checkFile(path: string, file: SourceFile | null, allowed: AllowedRoots): Promise<SourceFile> {
  if (file === null) throw fileError(path, 'ENOENT');
  await allowed.check(path);
  try {
    await access(path, constants.R_OK);
    return file;
  } catch (error) {
    throw fileError(path, errorCode(error));
  }
}

function errorCode(error: unknown): string {
  return (error as { code?: string }).code ?? 'unknown';
}
