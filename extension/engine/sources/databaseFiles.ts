import { stat } from 'node:fs/promises';
import { companionFiles } from '#common/document/companionFiles';
import type { SourceFile } from './sourceFiles.ts';

/** The write-ahead logs beside a database file that hold rows of it. */
export async function logFiles(path: string): Promise<readonly SourceFile[]> {
  const logs = await Promise.all(companionFiles(path, 'duckdb').map(filledFile));
  return logs.filter((file) => file !== null);
}

/** What tells a database file, with its logs, from another one at the same place. */
export async function databaseFacts(path: string): Promise<string> {
  const { dev, ino, size, mtimeMs } = await stat(path);
  return JSON.stringify([dev, ino, size, mtimeMs, await logFiles(path)]);
}

async function filledFile(path: string): Promise<SourceFile | null> {
  const facts = await stat(path).catch(() => null);
  return facts && facts.size > 0 ? { path, byteLength: facts.size, modifiedMs: facts.mtimeMs } : null;
}
