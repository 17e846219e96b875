import { commands, Range, TabInputText, Uri, ViewColumn, window, workspace, WorkspaceEdit, type Tab } from 'vscode';
import { Scope, type Disposable } from '#common/base/scope';
import type { DocumentSession } from './documentSession.ts';
import type { Sessions } from './sessions.ts';
import { sqlFileOf, sqlUri, type SqlFile } from './sqlFiles.ts';

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

  /** Brings the texts of a document that goes on as another one along. */
  async moveAll(session: DocumentSession, workspace: Uri): Promise<void> {
    for (const { id: nodeId } of session.document.nodes) {
      for (const tab of tabsOf(session, nodeId)) await moveTab(tab, { workspace, nodeId });
    }
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #follow(session: DocumentSession): void {
    session.edits.onDidRename(({ oldId, newId }) => {
      const owner = Uri.parse(session.store.uri.toString(), true);
      for (const tab of tabsOf(session, oldId)) void moveTab(tab, { workspace: owner, nodeId: newId });
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

/** Opens the same text under the node's new address; what was typed and not saved yet goes along. */
async function moveTab(tab: Tab, target: SqlFile): Promise<void> {
  if (!(tab.input instanceof TabInputText)) return;
  const key = tab.input.uri.toString();
  const before = workspace.textDocuments.find(({ uri: each }) => each.toString() === key);
  const unsaved = before?.isDirty ? before.getText() : null;
  const uri = sqlUri(target);
  const document = await workspace.openTextDocument(uri);
  const hasFocus = tab.isActive && tab.group.isActive;
  const options = { viewColumn: tab.group.viewColumn, preview: false, preserveFocus: !hasFocus };
  if (unsaved === null || !before) {
    // The new one first: a group whose last editor closes is gone, and its column with it.
    await window.showTextDocument(document, options);
    await window.tabGroups.close(tab);
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
