import { commands, Range, TabInputText, Uri, ViewColumn, window, workspace, WorkspaceEdit, type Tab } from 'vscode';
import { Scope, type Disposable } from '#common/base/scope';
import type { DocumentSession } from './documentSession.ts';
import type { Sessions } from './sessions.ts';
import { sqlFileOf, sqlUri } from './sqlFiles.ts';

/** Opens the SQL of query nodes in text editors, and keeps such editors on their node when it is renamed. */
export class SqlEditors implements Disposable {
  readonly #scope = new Scope();

  constructor(sessions: Sessions) {
    this.#scope.own(sessions.onDidOpen((session) => this.#follow(session)));
  }

  /** Shows a query's SQL beside its canvas. */
  async open(session: DocumentSession, nodeId: string): Promise<void> {
    const owner = Uri.parse(session.store.uri.toString(), true);
    await window.showTextDocument(sqlUri({ workspace: owner, nodeId }), {
      viewColumn: ViewColumn.Beside,
      preview: false,
    });
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #follow(session: DocumentSession): void {
    session.onDidRename(({ oldId, newId }) => {
      for (const tab of tabsOf(session, oldId)) void moveTab(tab, newId);
    });
  }
}

function tabsOf(session: DocumentSession, nodeId: string): readonly Tab[] {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => {
    const file = input instanceof TabInputText ? sqlFileOf(input.uri) : null;
    return file?.nodeId === nodeId && file.workspace.toString() === session.store.uri.toString();
  });
}

/** Opens the same text under the node's new name; what was typed and not saved yet goes along. */
async function moveTab(tab: Tab, nodeId: string): Promise<void> {
  if (!(tab.input instanceof TabInputText)) return;
  const file = sqlFileOf(tab.input.uri);
  const key = tab.input.uri.toString();
  const before = workspace.textDocuments.find(({ uri: each }) => each.toString() === key);
  if (!file) return;
  const unsaved = before?.isDirty ? before.getText() : null;
  const uri = sqlUri({ ...file, nodeId });
  const document = await workspace.openTextDocument(uri);
  const options = { viewColumn: tab.group.viewColumn, preview: false, preserveFocus: !tab.isActive };
  if (unsaved === null || !before) {
    await window.tabGroups.close(tab);
    await window.showTextDocument(document, options);
    return;
  }
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(0, 0, document.lineCount, 0), unsaved);
  await workspace.applyEdit(edit);
  // Its text has moved on, so closing it has nothing to ask about.
  await window.showTextDocument(before, { viewColumn: tab.group.viewColumn });
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await window.showTextDocument(document, options);
}
