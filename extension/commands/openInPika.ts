import { window, type Uri } from 'vscode';
import { PikaError } from '#common/base/pikaError';
import { selectData } from '../editor/documentOfData.ts';
import type { WorkspaceOpener } from '../editor/workspaceOpener.ts';

/** *Open in Pika* of the explorer and the editor title: the clicked or selected files and folders, or the active editor's file. */
export async function openInPika(opener: WorkspaceOpener, clicked?: Uri, selected?: readonly Uri[]): Promise<Uri> {
  const uris = selected?.length ? selected : clicked ? [clicked] : activeFile();
  return opener.openChosen(await selectData(uris.map(requireLocalPath)));
}

function activeFile(): readonly Uri[] {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = typeof input === 'object' && input !== null && 'uri' in input ? (input.uri as Uri) : undefined;
  if (uri) return [uri];
  throw new PikaError('source-missing', 'No data file is open.', { hint: 'Choose one with Pika: Open Data File….' });
}

function requireLocalPath(uri: Uri): string {
  if (uri.scheme === 'file' || uri.scheme === 'vscode-remote') return uri.fsPath;
  throw new PikaError('source-unreadable', `Pika cannot read ${uri.scheme}: files.`, {
    hint: 'Copy the file to a folder on this machine.',
  });
}
