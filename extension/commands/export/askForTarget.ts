import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { commands, l10n, Uri, window, workspace } from 'vscode';
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
  const keepsOthers = format === 'duckdb';
  return askForFile({
    title,
    folder,
    name,
    ending: endingOf(format, compression),
    kind: formatName(format),
    keepsOthers,
  });
}

/** A file to be written. */
export interface FileProposal {
  readonly title: string;
  readonly folder: string;
  readonly name: string;
  /** Without the first dot. */
  readonly ending: string;
  /** What files of that ending are called. */
  readonly kind: string;
  /** Whether what is in an existing file stays. */
  readonly keepsOthers?: boolean;
}

/** Asks where to write a file; a name without an ending gets one. Undefined when the user left. */
export async function askForFile(proposal: FileProposal): Promise<string | undefined> {
  const { title, folder, name, ending, kind, keepsOthers = false } = proposal;
  const uri = await window.showSaveDialog({
    title,
    defaultUri: Uri.file(join(folder, `${fileName(name)}.${ending}`)),
    // VS Code compares with what follows the last dot, and would add an ending of two parts to a name that has it.
    ...(ending.includes('.') ? {} : { filters: { [kind]: [ending] } }),
    saveLabel: l10n.t('Export'),
  });
  if (!uri) return undefined;
  if (extname(uri.fsPath) !== '') return uri.fsPath;
  const path = `${uri.fsPath}.${ending}`;
  return keepsOthers || (await mayWrite(path)) ? path : undefined;
}

/** Shows a file in VS Code's explorer, or in the system's where it lies outside of the workspace. */
export async function revealFile(path: string): Promise<void> {
  const uri = Uri.file(path);
  const command = workspace.getWorkspaceFolder(uri) ? 'revealInExplorer' : 'revealFileInOS';
  await commands.executeCommand(command, uri);
}

/** The dialog has asked about the name that was typed, not about the one with an ending. */
async function mayWrite(path: string): Promise<boolean> {
  const exists = await stat(path).catch(() => null);
  if (!exists?.isFile()) return true;
  const replace = l10n.t('Replace');
  const question = l10n.t('{0} exists already. Do you want to replace it?', basename(path));
  return (await window.showWarningMessage(question, { modal: true }, replace)) === replace;
}

function fileName(name: string): string {
  return name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, MAX_NAME_LENGTH);
}
