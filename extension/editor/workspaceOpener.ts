import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, Position, Uri, workspace, WorkspaceEdit } from 'vscode';
import type { PikaDocument } from '#common/document/pikaDocument';
import { writeDocument } from '#common/document/writeDocument';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { AllowedPaths } from './allowedPaths.ts';
import { documentOfSelections, folderOf, type DataSelection } from './documentOfData.ts';
import { WORKSPACE_VIEW_TYPE } from './workspaceEditor.ts';

/** Opens new untitled workspaces; opening data lets the engine read it. */
export class WorkspaceOpener {
  constructor(
    private readonly allowed: AllowedPaths,
    private readonly warmUp: () => void,
  ) {}

  /** Opens data in a new untitled workspace beside it. @returns The new document's URI. */
  async openSelections(selections: readonly DataSelection[], spec: PlotSpec | null = null): Promise<Uri> {
    const paths = selections.flatMap(({ files }) => files);
    await this.allowed.allow(paths);
    // The engine starts while VS Code opens the editor.
    this.warmUp();
    const [first] = selections;
    const folder = first ? folderOf(first) : this.defaultFolder();
    return this.openUntitled(documentOfSelections(selections, folder, spec), folder, first?.name ?? 'workspace');
  }

  /** Opens a new untitled workspace in Pika's editor. */
  async openUntitled(document: PikaDocument, folder: string, name: string): Promise<Uri> {
    const uri = freeUntitledUri(folder, name);
    await workspace.openTextDocument(uri);
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(0, 0), writeDocument(document));
    await workspace.applyEdit(edit);
    await commands.executeCommand('vscode.openWith', uri, WORKSPACE_VIEW_TYPE);
    return uri;
  }

  /** Folder of a workspace that was made without data. */
  defaultFolder(): string {
    return workspace.workspaceFolders?.[0]?.uri.fsPath ?? tmpdir();
  }
}

function freeUntitledUri(folder: string, name: string): Uri {
  const open = new Set(workspace.textDocuments.map((document) => document.uri.fsPath));
  for (let attempt = 1; ; attempt++) {
    const path = join(folder, attempt === 1 ? `${name}.pika` : `${name}-${attempt}.pika`);
    if (!open.has(path) && !existsSync(path)) return Uri.file(path).with({ scheme: 'untitled' });
  }
}
