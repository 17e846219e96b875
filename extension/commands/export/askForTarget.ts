import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { l10n, Uri, window } from 'vscode';
import type { ExportFormat, TextCompression } from '#common/protocol/exportContract';
import { endingOf, formatName } from './exportFormats.ts';

/** What a save dialog starts with. */
export interface TargetProposal {
  readonly title: string;
  readonly folder: string;
  readonly name: string;
  readonly format: ExportFormat;
  readonly compression: TextCompression;
}

const MAX_NAME_LENGTH = 100;

/** Asks where to write, with VS Code's save dialog; undefined when the user left. */
export async function askForTarget({
  title,
  folder,
  name,
  format,
  compression,
}: TargetProposal): Promise<string | undefined> {
  const ending = endingOf(format, compression);
  const uri = await window.showSaveDialog({
    title,
    defaultUri: Uri.file(join(folder, `${fileName(name)}.${ending}`)),
    filters: { [formatName(format)]: [ending] },
    saveLabel: l10n.t('Export'),
  });
  if (!uri) return undefined;
  if (extname(uri.fsPath) !== '') return uri.fsPath;
  const path = `${uri.fsPath}.${ending}`;
  return (await mayWrite(path, format)) ? path : undefined;
}

/** The dialog has asked about the name that was typed, not about the one with an ending. */
async function mayWrite(path: string, format: ExportFormat): Promise<boolean> {
  const exists = await stat(path).catch(() => null);
  if (!exists?.isFile() || format === 'duckdb') return true;
  const replace = l10n.t('Replace');
  const question = l10n.t('{0} exists already. Do you want to replace it?', basename(path));
  return (await window.showWarningMessage(question, { modal: true }, replace)) === replace;
}

function fileName(name: string): string {
  return name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, MAX_NAME_LENGTH);
}
