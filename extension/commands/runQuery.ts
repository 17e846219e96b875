import { l10n, workspace } from 'vscode';
import { emptyDocument } from '#common/document/emptyDocument';
import { sqlIdentifier, uniqueId } from '#common/document/names';
import type { PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { placeNodes } from '#common/document/placeNodes';
import { withoutFinalSemicolon } from '#common/document/sqlTokens';
import type { UriLike } from '#common/protocol/api';
import type { SqlInspection } from '#common/protocol/engineContract';
import type { QueryHistory } from '../editor/queryHistory.ts';
import type { WorkspaceOpener } from '../editor/workspaceOpener.ts';
import type { Sessions } from '../editor/sessions.ts';
import type { SqlEditors } from '../editor/sqlEditors.ts';
import type { EngineClient } from '../host/engineClient.ts';
import { untrustedError } from '../platform/messages.ts';
import { pickQuery, type ResultView } from './pickQuery.ts';

interface QueryServices {
  readonly opener: WorkspaceOpener;
  readonly sessions: Sessions;
  readonly engine: EngineClient;
  readonly history: QueryHistory;
  readonly editors: SqlEditors;
}

/** *Pika: Run Query…*: asks for SQL and adds it, with its table or plot, to the active workspace or to a new one. */
export async function runQuery(services: QueryServices): Promise<void> {
  if (!workspace.isTrusted) throw untrustedError();
  const { sessions, engine, history } = services;
  const tables = tablesOf(sessions.active?.document);
  const choice = await pickQuery({
    title: l10n.t('Run Query'),
    placeholder: tables.length
      ? l10n.t('A SELECT over {0}, or a query from the history', tables.join(', '))
      : l10n.t('A SELECT, or a query from the history'),
    history: history.all(),
    problemOf: async (text) => sentenceOf(await engine.inspectSql(text)),
  });
  if (!choice) return;
  const [first] = tables;
  const start = first === undefined ? 'SELECT 42 AS answer' : `SELECT *\nFROM ${sqlIdentifier(first)}`;
  const sql = choice.sql === '' ? start : choice.sql;
  if (choice.kind === 'run') history.add(sql);
  const added = await addQuery(services, sql, choice.view);
  if (choice.kind === 'write') await services.editors.open(sessions.require(added.uri), added.id);
}

/** *Pika: Query History…*: a past query takes the place of a node's, or is added to the active workspace. */
export async function pickFromHistory(
  services: QueryServices,
  uri?: { toString(): string },
  nodeId?: string,
): Promise<void> {
  const { sessions, engine, history } = services;
  const choice = await pickQuery({
    title: l10n.t('Query History'),
    placeholder: l10n.t('Search the queries that were run in this workspace'),
    history: history.all(),
    problemOf: async (text) => (workspace.isTrusted ? sentenceOf(await engine.inspectSql(text)) : undefined),
  });
  if (!choice || choice.sql === '') return;
  const isForNode = uri !== undefined && nodeId !== undefined;
  if (isForNode) await sessions.require(uri).edit({ type: 'sql', id: nodeId, sql: choice.sql });
  const at = isForNode ? { uri, id: nodeId } : await addQuery(services, choice.sql, choice.view);
  if (choice.kind === 'write') await services.editors.open(sessions.require(at.uri), at.id);
}

/** @returns The workspace that the query is in now, and its name there. */
async function addQuery(
  { opener, sessions }: QueryServices,
  sql: string,
  view: ResultView,
): Promise<{ readonly uri: UriLike; readonly id: string }> {
  const session = sessions.active;
  if (!session || session.store.isDataFile) {
    const { document, id } = withQueryNodes(emptyDocument(), sql, view);
    return { uri: await opener.openUntitled(document, opener.defaultFolder(), 'query'), id };
  }
  const { document, added, id } = withQueryNodes(session.document, sql, view);
  const layout = Object.fromEntries(
    added.flatMap((node) => (document.layout[node.id] ? [[node.id, document.layout[node.id]] as const] : [])),
  );
  await session.edit({ type: 'add', nodes: added, layout: layout as PikaDocument['layout'] });
  sessions.reveal(session.store.uri, id);
  return { uri: session.store.uri, id };
}

function tablesOf(document: PikaDocument | undefined): readonly string[] {
  const nodes = document?.nodes ?? [];
  return nodes.filter(({ kind }) => kind === 'source' || kind === 'query').map(({ id }) => id);
}

function sentenceOf(inspection: SqlInspection): string | undefined {
  switch (inspection.kind) {
    case 'select':
      return undefined;
    case 'refused':
      return inspection.reason;
    case 'syntax-error':
      return inspection.message;
    case 'empty':
      return l10n.t('Write a SELECT.');
  }
}

function withQueryNodes(
  document: PikaDocument,
  sql: string,
  view: ResultView,
): { document: PikaDocument; added: readonly PikaNode[]; id: string } {
  const taken = new Set(document.nodes.map((node) => node.id));
  const id = uniqueId('query', taken);
  taken.add(id);
  const viewId = uniqueId(`${id}_${view}`, taken);
  const shown: PikaNode =
    view === 'table'
      ? { kind: 'table', id: viewId, data: id, extra: {} }
      : { kind: 'plot', id: viewId, data: id, spec: null, extra: {} };
  const added: readonly PikaNode[] = [{ kind: 'query', id, sql: withoutFinalSemicolon(sql), extra: {} }, shown];
  return { document: placeNodes(document, added), added, id };
}
