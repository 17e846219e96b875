import { env } from 'vscode';
import type { Handlers } from '#common/protocol/rpc';
import type { TableCalls } from '#common/protocol/tableContract';
import type { WebviewHostContract } from '#common/protocol/webviewContract';
import { ALL_ROWS, presentView, type RowsView } from '#common/table/tableView';
import type { EngineClient } from '../host/engineClient.ts';
import type { DataFacts } from './dataRun.ts';
import type { DocumentSession } from './documentSession.ts';
import { keepEdit, TableQuestions } from './tableQuestions.ts';

type TableHandlers = Handlers<TableCalls & Pick<WebviewHostContract['calls'], 'readRows'>>;

/** Answers what a panel asks of its tables. */
export function tableHandlers(session: DocumentSession, engine: EngineClient): TableHandlers {
  const questions = new TableQuestions(engine);
  const factsOf = async (id: string) => (await session.tables(id)).facts(id);
  return {
    readRows: ({ nodeId, view, ...window }, { signal }) => session.readRows(nodeId, window, signal, view),
    countRows: async (params, { signal }) => questions.countRows(await factsOf(params.nodeId), params, signal),
    sortRows: async ({ nodeId, view }, { signal, report }) => {
      const { sorted } = await session.tables(nodeId);
      const facts = await factsOf(nodeId);
      await sorted.sort(nodeId, facts, presentView(view, facts.columns), { signal, onProgress: report });
      return null;
    },
    checkFilter: async (params, { signal }) => questions.checkFilter(await factsOf(params.nodeId), params, signal),
    listValues: async (params, { signal }) => questions.listValues(await factsOf(params.nodeId), params, signal),
    profileColumn: async (params, { signal }) => questions.profileColumn(await factsOf(params.nodeId), params, signal),
    copyCells: async (params, { signal }) => {
      const shown = await shownAs(session, params.nodeId, params.view);
      const { text, rowCount } = await questions.textOf(shown.facts, { ...params, view: shown.view }, signal);
      await env.clipboard.writeText(text);
      return { rowCount };
    },
    keepView: async (params) => {
      const { id, edit } = keepEdit(session.document, await factsOf(params.nodeId), params);
      await session.edit(edit);
      return { id };
    },
  };
}

/** The rows as they are on screen: a view that is in order already is read from there. */
async function shownAs(
  session: DocumentSession,
  id: string,
  view: RowsView,
): Promise<{ facts: DataFacts; view: RowsView }> {
  const tables = await session.tables(id);
  const facts = await tables.facts(id);
  const present = presentView(view, facts.columns);
  const kept = tables.sorted.inOrder(id, facts, present);
  return kept ? { facts: kept, view: ALL_ROWS } : { facts, view: present };
}
