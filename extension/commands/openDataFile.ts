import { l10n, Uri, window, workspace } from 'vscode';
import { isAbsolute, resolve } from 'node:path';
import { selectData, selectGlob } from '../editor/documentOfData.ts';
import type { WorkspaceOpener } from '../editor/workspaceOpener.ts';

const DATA_EXTENSIONS = ['csv', 'tsv', 'json', 'geojson', 'jsonl', 'ndjson', 'parquet', 'parq', 'pq'].concat([
  'arrow',
  'arrows',
  'feather',
  'ipc',
  'duckdb',
  'db',
  'sqlite',
  'sqlite3',
  'gz',
  'zst',
]);

/** *Pika: Open Data File…*: files, a folder, or a typed path or glob. */
export async function openDataFile(opener: WorkspaceOpener): Promise<Uri | undefined> {
  const ways = {
    files: { label: `$(file) ${l10n.t('Choose files…')}` },
    folder: { label: `$(folder) ${l10n.t('Choose a folder of files of one kind…')}` },
    glob: { label: `$(regex) ${l10n.t('Type a path or glob…')}`, description: 'data/2024-*.csv' },
  };
  const way = await window.showQuickPick(Object.values(ways), { placeHolder: l10n.t('What do you want to open?') });
  if (!way) return undefined;
  if (way === ways.glob) return openTyped(opener);
  const uris = await window.showOpenDialog({
    canSelectFolders: way === ways.folder,
    canSelectFiles: way === ways.files,
    canSelectMany: way === ways.files,
    openLabel: l10n.t('Open in Pika'),
    ...(way === ways.files ? { filters: { [l10n.t('Data files')]: DATA_EXTENSIONS } } : {}),
    ...(workspace.workspaceFolders?.[0] ? { defaultUri: workspace.workspaceFolders[0].uri } : {}),
  });
  return uris?.length ? opener.openChosen(await selectData(uris.map((uri) => uri.fsPath))) : undefined;
}

async function openTyped(opener: WorkspaceOpener): Promise<Uri | undefined> {
  const typed = await window.showInputBox({
    prompt: l10n.t('A path or a glob, relative to the workspace folder'),
    placeHolder: 'data/*.parquet',
  });
  if (!typed) return undefined;
  const path = isAbsolute(typed) ? typed : resolve(opener.defaultFolder(), typed);
  return opener.openChosen(/[*?[]/.test(typed) ? [selectGlob(path)] : await selectData([path]));
}
