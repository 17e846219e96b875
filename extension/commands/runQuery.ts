import { l10n, workspace } from 'vscode';
import { emptyDocument } from '#common/document/emptyDocument';
import { sqlIdentifier } from '#common/document/names';
import type { PikaDocument } from '#common/document/pikaDocument';
import type { UriLike } from '#common/protocol/api';
import type { SqlInspection } from '#common/protocol/engineContract';
import type { DocumentSession } from '../editor/documentSession.ts';
import type { QueryHistory } from '../editor/queryHistory.ts';
import type { ResultPanels } from '../editor/resultPanels.ts';
import type { WorkspaceOpener } from '../editor/workspaceOpener.ts';
import type { Sessions } from '../editor/sessions.ts';
import type { SqlEditors } from '../editor/sqlEditors.ts';
import type { EngineClient } from '../host/engineClient.ts';
import { untrustedError } from '../platform/messages.ts';
import { pickQuery, type QueryChoice, type ResultPlace } from './pickQuery.ts';
import { withQueryNodes } from './queryNodes.ts';

interface QueryServices {
  readonly opener: WorkspaceOpener;
  readonly sessions: Sessions;
  readonly engine: EngineClient;
  readonly history: QueryHistory;
  readonly editors: SqlEditors;
  readonly panels: ResultPanels;
}

/** A query's node, wherever it was put. */
interface AddedQuery {
  readonly uri: UriLike;
  readonly id: string;
}

/**
 * *Pika: Run Query…*: asks for SQL and shows its result as a table or plot, in the active workspace or a new one, or in a
 * panel when none is open.
 */
export async function runQuery(services: QueryServices): Promise<void> {
  if (!workspace.isTrusted) throw untrustedError();
  const { sessions, engine, history } = services;
  const tables = tablesOf(sessions.activeWorkspace?.document);
  const choice = await pickQuery({
    title: l10n.t('Run Query'),
    placeholder: tables.length
      ? l10n.t('A SELECT over {0}, or a query from the history', tables.join(', '))
      : l10n.t('A SELECT, or a query from the history'),
    history: history.all(),
    places: placesFor(sessions.activeWorkspace),
    problemOf: async (text) => sentenceOf(await engine.inspectSql(text)),
  });
  if (!choice) return;
  const [first] = tables;
  const start = first === undefined ? 'SELECT 42 AS answer' : `SELECT *\nFROM ${sqlIdentifier(first)}`;
  const sql = choice.sql === '' ? start : choice.sql;
  if (choice.kind === 'run') history.add(sql);
  const added = await addQuery(services, { ...choice, sql });
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
    places: nodeId === undefined ? placesFor(sessions.activeWorkspace) : [],
    problemOf: async (text) => (workspace.isTrusted ? sentenceOf(await engine.inspectSql(text)) : undefined),
  });
  if (!choice || choice.sql === '') return;
  const isForNode = uri !== undefined && nodeId !== undefined;
  if (isForNode) await sessions.require(uri).edits.apply({ type: 'sql', id: nodeId, sql: choice.sql });
  const at = isForNode ? { uri, id: nodeId } : await addQuery(services, choice);
  if (choice.kind === 'write') await services.editors.open(sessions.require(at.uri), at.id);
}

/** *Keep as Workspace* of a result's panel: the panel gives way to an untitled workspace of the same nodes. */
export async function keepResult(
  { sessions, opener, editors, panels }: QueryServices,
  uri?: { toString(): string },
): Promise<void> {
  const session = uri ? sessions.require(uri) : sessions.requireActive();
  const { document, store } = session;
  const kept = await opener.openUntitled(document, store.baseDirectory, 'query', panels.columnOf(store.uri));
  await editors.moveAll(session, kept);
  panels.close(store.uri);
}

async function addQuery(services: QueryServices, choice: QueryChoice): Promise<AddedQuery> {
  const { opener, sessions, panels } = services;
  const active = sessions.activeWorkspace;
  if (active && choice.place === 'workspace') return addTo(services, active, choice);
  const folder = opener.defaultFolder();
  if (choice.place === 'new-workspace') {
    const { document, id } = withQueryNodes(emptyDocument(), choice, [choice.view]);
    return { uri: await opener.openUntitled(document, folder, 'query'), id };
  }
  const views = choice.view === 'table' ? (['table', 'plot'] as const) : (['plot', 'table'] as const);
  const { document, id } = withQueryNodes(emptyDocument(), choice, views);
  return { uri: panels.open(document, folder), id };
}

async function addTo({ sessions }: QueryServices, session: DocumentSession, choice: QueryChoice): Promise<AddedQuery> {
  const { document, added, id } = withQueryNodes(session.document, choice, [choice.view]);
  const layout = Object.fromEntries(
    added.flatMap((node) => (document.layout[node.id] ? [[node.id, document.layout[node.id]] as const] : [])),
  );
  await session.edits.apply({ type: 'add', nodes: added, layout: layout as PikaDocument['layout'] });
  sessions.reveal(session.store.uri, id);
  return { uri: session.store.uri, id };
}

/** Where a result can go, the usual place first. */
function placesFor(active: DocumentSession | undefined): readonly ResultPlace[] {
  return [active ? 'workspace' : 'panel', 'new-workspace'];
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
