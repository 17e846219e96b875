import { constants, type BigIntStats } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { PikaError } from '#common/base/pikaError';
import { refusedTarget } from './exportFailure.ts';

/** A place that may be written. */
export interface ExportTarget {
  /** Links resolved, so that a link to a file stays one. */
  readonly path: string;
  readonly folder: string;
  /** The file that will be replaced, if there is one. */
  readonly existing: { readonly mode: number; readonly byteLength: number; readonly modifiedMs: number } | null;
}

/** The existing files that a pattern names. */
export type ExpandPattern = (pattern: string) => Promise<readonly string[]>;

/**
 * Checks a path that is to be written.
 * @throws PikaError `export-refused` for a folder that is missing or read-only, for what is no file, and for protected files,
 * however their path is spelled.
 */
export async function checkTarget(
  path: string,
  protectedFiles: readonly string[],
  expand: ExpandPattern,
): Promise<ExportTarget> {
  const folder = await checkFolder(dirname(path));
  const facts = await statOrNull(path);
  await refuseProtected(path, facts, protectedFiles, expand);
  if (!facts) return { path: join(folder, basename(path)), folder, existing: null };
  const existing = await checkExisting(path, facts);
  const real = await realpath(path);
  return { path: real, folder: real === join(folder, basename(path)) ? folder : dirname(real), existing };
}

async function checkFolder(path: string): Promise<string> {
  const facts = await statOrNull(path);
  if (!facts?.isDirectory()) {
    throw refusedTarget(`The folder ${path} does not exist.`, path, 'Create it, or choose another folder.');
  }
  if (!(await isWritable(path)))
    throw refusedTarget(`The folder ${path} is read-only.`, path, 'Choose another folder.');
  return realpath(path);
}

async function checkExisting(path: string, facts: BigIntStats): Promise<NonNullable<ExportTarget['existing']>> {
  if (facts.isDirectory()) throw refusedTarget(`${basename(path)} is a folder.`, path, 'Type a file name in it.');
  if (!facts.isFile()) throw refusedTarget(`${basename(path)} is no ordinary file.`, path, 'Choose another name.');
  if (!(await isWritable(path))) throw refusedTarget(`${basename(path)} is read-only.`, path, 'Choose another name.');
  return { mode: Number(facts.mode), byteLength: Number(facts.size), modifiedMs: Number(facts.mtimeMs) };
}

async function refuseProtected(
  path: string,
  facts: BigIntStats | null,
  protectedFiles: readonly string[],
  expand: ExpandPattern,
): Promise<void> {
  for (const pattern of protectedFiles) {
    const own = await statOrNull(pattern).catch(() => null);
    const files = own || !/[*?[]/.test(pattern) ? [pattern] : await expand(pattern);
    for (const file of files) {
      if (!(await isSameFile(path, facts, file))) continue;
      const message = `${basename(path)} is read by this workspace, so it cannot be written.`;
      throw refusedTarget(message, path, 'Choose another name.');
    }
  }
}

async function isSameFile(path: string, facts: BigIntStats | null, file: string): Promise<boolean> {
  if (resolve(file) === resolve(path)) return true;
  const other = facts && (await statOrNull(file).catch(() => null));
  return !!other && other.ino === facts.ino && other.dev === facts.dev;
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EINVAL', 'ERR_INVALID_ARG_VALUE']);

async function statOrNull(path: string): Promise<BigIntStats | null> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (ABSENT.has(code)) return null;
    if (code === 'ENAMETOOLONG') throw refusedTarget('This name is too long.', path, 'Choose a shorter one.');
    throw new PikaError('export-refused', `The system refuses this place (${code}).`, { path }, { cause: error });
  }
}
