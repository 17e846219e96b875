import { l10n, window, workspace } from 'vscode';
import { emptyDocument } from '#common/document/emptyDocument';
import { uniqueId } from '#common/document/names';
import type { PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { placeNodes } from '#common/document/placeNodes';
import type { SqlInspection } from '#common/protocol/engineContract';
import type { WorkspaceOpener } from '../editor/workspaceOpener.ts';
import type { Sessions } from '../editor/sessions.ts';
import type { EngineClient } from '../host/engineClient.ts';
import { untrustedError } from '../platform/messages.ts';

/** *Pika: Run Query…*: asks for SQL and adds it, with its table, to the active workspace or to a new one. */
export async function runQuery(opener: WorkspaceOpener, sessions: Sessions, engine: EngineClient): Promise<void> {
  if (!workspace.isTrusted) throw untrustedError();
  const session = sessions.active;
  const sql = await askForSql(engine, session?.document);
  if (!sql) return;
  if (!session || session.store.isDataFile) {
    const { document } = addQuery(emptyDocument(), sql);
    await opener.openUntitled(document, opener.defaultFolder(), 'query');
    return;
  }
  const { document, added } = addQuery(session.document, sql);
  const layout = Object.fromEntries(
    added.flatMap((node) => (document.layout[node.id] ? [[node.id, document.layout[node.id]] as const] : [])),
  );
  await session.edit({ type: 'add', nodes: added, layout: layout as PikaDocument['layout'] });
  const [query] = added;
  if (query) sessions.reveal(session.store.uri, query.id);
}

async function askForSql(engine: EngineClient, document: PikaDocument | undefined): Promise<string | undefined> {
  const tables = document?.nodes.filter((node) => node.kind === 'source' || node.kind === 'query') ?? [];
  const first = tables[0]?.id;
  const sql = await window.showInputBox({
    title: l10n.t('Run Query'),
    prompt: tables.length
      ? l10n.t('A SELECT over {0}', tables.map((node) => node.id).join(', '))
      : l10n.t('A SELECT; no workspace is open, so it reads no table'),
    value: first ? `SELECT * FROM ${first}` : 'SELECT 42 AS answer',
    ignoreFocusOut: true,
    validateInput: async (text) => sentenceOf(await engine.inspectSql(text)),
  });
  return sql?.trim();
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

function addQuery(document: PikaDocument, sql: string): { document: PikaDocument; added: readonly PikaNode[] } {
  const taken = new Set(document.nodes.map((node) => node.id));
  const id = uniqueId('query', taken);
  taken.add(id);
  const added: readonly PikaNode[] = [
    { kind: 'query', id, sql, extra: {} },
    { kind: 'table', id: uniqueId(`${id}_table`, taken), data: id, extra: {} },
  ];
  return { document: placeNodes(document, added), added };
}
