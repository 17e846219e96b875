import { basename } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import { sniffCsv, type CsvDialect } from './csvDialect.ts';
import { readHead } from './fileKind.ts';
import type { ReaderOptions } from './readerOptions.ts';
import { literalPattern, type SourceFile } from './sourceFiles.ts';

/** Files after the first that are looked at; each costs a read of its head. */
const MAX_FILES = 50;

/**
 * Requires that CSV files have the columns of the first one, as far as a look at their first lines tells.
 *
 * @throws PikaError `source-format` naming the first file that has others.
 */
export async function requireSameColumns(
  connection: DuckDBConnection,
  [first, ...rest]: readonly SourceFile[],
  { options, dialect }: { readonly options: ReaderOptions; readonly dialect: CsvDialect },
): Promise<void> {
  if (!first || rest.length === 0 || dialect.options['header'] !== true) return;
  const line = await firstLine(first.path);
  for (const { path, byteLength } of rest.slice(0, MAX_FILES)) {
    if (byteLength === 0 || (await firstLine(path)) === line) continue;
    const found = await sniffCsv(connection, literalPattern(path), options).catch(() => null);
    if (found && namesOf(found) !== namesOf(dialect)) throw differentError(path, first.path);
  }
}

async function firstLine(path: string): Promise<string> {
  const head = new TextDecoder('latin1').decode(await readHead(path));
  return head.split(/[\r\n]/, 1)[0] ?? '';
}

function namesOf({ columns }: CsvDialect): string {
  return JSON.stringify(columns.map(({ name }) => name));
}

function differentError(path: string, firstPath: string): PikaError {
  const message = `${basename(path)} has other columns than ${basename(firstPath)}.`;
  return new PikaError('source-format', message, {
    path,
    hint: 'Put columns of the same name together, or open the files one by one.',
    remedies: [{ title: 'Unite Columns by Name', readerOptions: { union_by_name: true } }],
  });
}
