import { commands, env } from 'vscode';
import type { Handlers } from '#common/protocol/rpc';
import type { TableCalls } from '#common/protocol/tableContract';
import type { WebviewHostContract } from '#common/protocol/webviewContract';
import { presentView } from '#common/table/tableView';
import type { EngineClient } from '../host/engineClient.ts';
import type { DocumentSession } from './documentSession.ts';
import { checkCopySize, keepEdit, TableQuestions } from './tableQuestions.ts';

type TableHandlers = Handlers<TableCalls & Pick<WebviewHostContract['calls'], 'readRows'>>;

/** Answers what a panel asks of its tables. */
export function tableHandlers(session: DocumentSession, engine: EngineClient): TableHandlers {
  const questions = new TableQuestions(engine);
  const factsOf = async (id: string) => (await session.runs.tables(id)).facts(id);
  return {
    readRows: ({ nodeId, view, ...window }, { signal }) => session.runs.readRows(nodeId, window, signal, view),
    countRows: async (params, { signal }) => questions.countRows(await factsOf(params.nodeId), params, signal),
    sortRows: async ({ nodeId, view }, { signal, report }) => {
      const tables = await session.runs.tables(nodeId);
      const facts = await tables.facts(nodeId);
      await tables.rows.order(nodeId, facts, presentView(view, facts.columns), { signal, onProgress: report });
      return null;
    },
    checkFilter: async (params, { signal }) => questions.checkFilter(await factsOf(params.nodeId), params, signal),
    listValues: async (params, { signal }) => questions.listValues(await factsOf(params.nodeId), params, signal),
    profileColumn: async (params, { signal }) => questions.profileColumn(await factsOf(params.nodeId), params, signal),
    copyCells: async (params, { signal }) => {
      checkCopySize(params.range);
      const tables = await session.runs.tables(params.nodeId);
      const shown = await tables.shown(params.nodeId, params.view, params.range, signal);
      const { text, rowCount } = await questions.textOf(shown, params, signal);
      await env.clipboard.writeText(text);
      return { rowCount };
    },
    readJson: async (params, { signal }) => {
      const tables = await session.runs.tables(params.nodeId);
      const range = { rowOffset: params.row, rowCount: 1 };
      return questions.jsonOf(await tables.shown(params.nodeId, params.view, range, signal), params, signal);
    },
    exportView: async ({ nodeId, view, columns }) => {
      await commands.executeCommand('pika.exportNode', { nodeId, shown: { view, columns } });
      return null;
    },
    keepView: async (params) => {
      const { id, edit } = keepEdit(session.document, await factsOf(params.nodeId), params);
      await session.edits.apply(edit);
      return { id };
    },
  };
}
