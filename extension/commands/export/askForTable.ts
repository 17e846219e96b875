import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { l10n, window } from 'vscode';
import type { ExportSpec } from '#common/protocol/exportContract';
import type { EngineClient } from '../../host/engineClient.ts';

type TableSpec = Extract<ExportSpec, { readonly format: 'duckdb' }>;

/** Asks for the table's name in a new or an existing database, and before one is replaced; undefined when the user left. */
export async function askForTable(
  engine: EngineClient,
  file: string,
  { title, name }: { readonly title: string; readonly name: string },
): Promise<TableSpec | undefined> {
  const taken = await tablesOf(engine, file);
  const typed = await window.showInputBox({
    title,
    prompt: l10n.t('Name of the table in {0}', basename(file)),
    value: name,
    validateInput: (text) => (text.trim() === '' ? l10n.t('Type a name.') : undefined),
  });
  if (typed === undefined) return undefined;
  const table = typed.trim();
  if (!taken.has(table.toLowerCase())) return { format: 'duckdb', table, replacesTable: false };
  const replace = l10n.t('Replace');
  const question = l10n.t('{0} has a table {1} already. Do you want to replace it?', basename(file), table);
  const choice = await window.showWarningMessage(question, { modal: true }, replace);
  return choice === replace ? { format: 'duckdb', table, replacesTable: true } : undefined;
}

/** What cannot be listed here the export itself reports. */
async function tablesOf(engine: EngineClient, file: string): Promise<ReadonlySet<string>> {
  const facts = await stat(file).catch(() => null);
  const names = facts?.isFile() ? await engine.listTables(file).catch(() => []) : [];
  return new Set(names.map((name) => name.toLowerCase()));
}
