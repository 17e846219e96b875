import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { commands, l10n, Position, Uri, ViewColumn, window, workspace, WorkspaceEdit } from 'vscode';
import { cancelledError } from '#common/base/pikaError';
import { sqlName } from '#common/document/names';
import type { PikaDocument } from '#common/document/pikaDocument';
import { writeDocument } from '#common/document/writeDocument';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { EngineClient } from '../host/engineClient.ts';
import type { AllowedPaths } from './allowedPaths.ts';
import { documentOfSelections, folderOf, type DataSelection } from './documentOfData.ts';
import type { Sessions } from './sessions.ts';
import { WORKSPACE_VIEW_TYPE } from './workspaceEditor.ts';

/** A workspace with more sources than this helps nobody. */
const MAX_TABLES = 20;

/** Opens new untitled workspaces; opening data lets the engine read it. */
export class WorkspaceOpener {
  constructor(
    private readonly engine: EngineClient,
    private readonly allowed: AllowedPaths,
    private readonly sessions: Sessions,
  ) {}

  /** Opens data that the user chose in a new untitled workspace beside it. @returns The new document's URI. */
  async openChosen(selections: readonly DataSelection[]): Promise<Uri> {
    return this.openSelections(selections, null, askForTables);
  }

  /** Opens data in a new untitled workspace beside it; of a database every table that `choose` leaves. */
  async openSelections(
    selections: readonly DataSelection[],
    spec: PlotSpec | null,
    choose: (tables: readonly string[], file: string) => Promise<readonly string[]> = allTables,
  ): Promise<Uri> {
    const paths = selections.flatMap(({ files }) => files);
    await this.allowed.allow(paths);
    // The engine starts while VS Code opens the editor.
    if (workspace.isTrusted) void this.engine.stats().catch(() => undefined);
    const chosen = (await Promise.all(selections.map((each) => this.#tablesOf(each, choose)))).flat();
    const [first] = selections;
    const folder = first ? folderOf(first) : this.defaultFolder();
    return this.openUntitled(documentOfSelections(chosen, folder, spec), folder, first?.name ?? 'workspace');
  }

  async #tablesOf(
    selection: DataSelection,
    choose: (tables: readonly string[], file: string) => Promise<readonly string[]>,
  ): Promise<readonly DataSelection[]> {
    const [file] = selection.files;
    const isDatabase = selection.format === 'duckdb' || selection.format === 'sqlite';
    if (!isDatabase || file === undefined || !workspace.isTrusted) return [selection];
    // A database that cannot be read says so on its node.
    const tables = await this.engine.listTables(file).catch(() => []);
    if (tables.length <= 1) return [selection];
    return (await choose(tables, file)).map((table) => ({ ...selection, name: sqlName(table), table }));
  }

  /** Opens a new untitled workspace in Pika's editor, in a column of the editor area. */
  async openUntitled(
    document: PikaDocument,
    folder: string,
    name: string,
    column: ViewColumn = ViewColumn.Active,
  ): Promise<Uri> {
    const uri = await openEmpty(folder, name);
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(0, 0), writeDocument(document));
    await workspace.applyEdit(edit);
    await commands.executeCommand('vscode.openWith', uri, WORKSPACE_VIEW_TYPE, column);
    await this.sessions.whenOpen(uri);
    return uri;
  }

  /** Folder of a workspace that was made without data: a saved one has to be found again. */
  defaultFolder(): string {
    return workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  }
}

/** Opens an untitled document under a free name; one that VS Code is about to restore has its text already. */
async function openEmpty(folder: string, name: string): Promise<Uri> {
  const open = new Set(workspace.textDocuments.map((document) => document.uri.fsPath));
  for (let attempt = 1; ; attempt++) {
    const path = join(folder, attempt === 1 ? `${name}.pika` : `${name}-${attempt}.pika`);
    if (open.has(path) || existsSync(path)) continue;
    const uri = Uri.file(path).with({ scheme: 'untitled' });
    if ((await workspace.openTextDocument(uri)).getText() === '') return uri;
  }
}

/** @throws `cancelled` when the user picks none. */
async function askForTables(tables: readonly string[], file: string): Promise<readonly string[]> {
  const placeHolder = l10n.t('Tables of {0} to open', basename(file));
  const picked = await window.showQuickPick([...tables], { canPickMany: true, placeHolder });
  if (!picked?.length) throw cancelledError();
  return picked;
}

function allTables(tables: readonly string[]): Promise<readonly string[]> {
  return Promise.resolve(tables.slice(0, MAX_TABLES));
}
