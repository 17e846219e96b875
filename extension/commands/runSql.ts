import { l10n, window, workspace, type TextEditor } from 'vscode';
import { emptyDocument } from '#common/document/emptyDocument';
import { PikaError } from '#common/base/pikaError';
import { placeNodes } from '#common/document/placeNodes';
import { statementAt } from '#common/sql/statementAt';
import type { ResultPanels } from '../editor/resultPanels.ts';
import type { Sessions } from '../editor/sessions.ts';
import { sqlFileOf, type SqlFile } from '../editor/sqlFiles.ts';
import { untrustedError } from '../platform/messages.ts';
import { withQueryNodes } from './queryNodes.ts';

/** *Pika: Run SQL*: gives the text of the active SQL editor to its query node, which runs. */
export async function runSql(sessions: Sessions): Promise<void> {
  const { editor, file } = requireSqlEditor();
  const { document } = editor;
  const session = sessions.require(file.workspace);
  const isNew = document.isDirty;
  if (isNew && !(await document.save())) return;
  // A changed query runs by itself, unless the workspace waits to be asked.
  if (!isNew || session.document.runMode === 'on-request') await session.runs.run(file.nodeId);
}

/**
 * *Pika: Run Selection or Statement at Cursor*: shows the result of a part of the active SQL editor's text in a panel of its
 * own, with the nodes that it reads; the query node stays as it is.
 */
export async function runSqlPart(sessions: Sessions, panels: ResultPanels): Promise<void> {
  if (!workspace.isTrusted) throw untrustedError();
  const { editor, file } = requireSqlEditor();
  const sql = partOf(editor);
  if (sql.trim() === '') throw new PikaError('bad-request', l10n.t('There is no statement at the cursor.'));
  const { document, sql: texts, store } = sessions.require(file.workspace);
  const needs = await texts.findNeeds(file.nodeId, sql, new AbortController().signal);
  const nodes = document.nodes.filter(({ id }) => needs.has(id));
  const own = document.nodes.find(({ id }) => id === file.nodeId);
  const parameters = own?.kind === 'query' ? own.parameters : undefined;
  const part = { sql, ...(parameters && { parameters }) };
  panels.open(
    withQueryNodes(placeNodes(emptyDocument(), nodes), part, ['table', 'plot']).document,
    store.baseDirectory,
  );
}

/** *Pika: Cancel SQL*: stops the query node of the active SQL editor. */
export function cancelSql(sessions: Sessions): Promise<void> {
  const { file } = requireSqlEditor();
  sessions.require(file.workspace).runs.cancel(file.nodeId);
  return Promise.resolve();
}

function partOf({ document, selection }: TextEditor): string {
  if (!selection.isEmpty) return document.getText(selection);
  return statementAt(document.getText(), document.offsetAt(selection.active));
}

function requireSqlEditor(): { readonly editor: TextEditor; readonly file: SqlFile } {
  const editor = window.activeTextEditor;
  const file = editor && sqlFileOf(editor.document.uri);
  if (file) return { editor, file };
  const hint = l10n.t('Open SQL in Editor shows one.');
  throw new PikaError('bad-request', l10n.t('This is no editor of a query.'), { hint });
}
