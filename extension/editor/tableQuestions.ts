import { tableFromIPC } from 'apache-arrow';
import { cancelledError, PikaError } from '#common/base/pikaError';
import type { DocumentEdit } from '#common/document/documentEdit';
import { uniqueId } from '#common/document/names';
import type { PikaDocument } from '#common/document/pikaDocument';
import type { Lane } from '#common/protocol/engineContract';
import type { CellRange, TableCalls } from '#common/protocol/tableContract';
import type { ColumnProfile } from '#common/table/columnProfile';
import { copyText, MAX_COPIED_CELLS, type TextRows } from '#common/table/copyText';
import { columnKeys, presentView, type ColumnFilter } from '#common/table/tableView';
import type { EngineClient } from '../host/engineClient.ts';
import { cellJsonSql, cellsSql, valueListSql } from '../query/pageSql.ts';
import { profileBinsSql, profileSql, readProfile, topValuesSql, type ProfileQuestion } from '../query/profileSql.ts';
import { filterCheckSql, keptSql, viewCountSql } from '../query/viewSql.ts';
import { arrowRows, firstNumber } from './arrowRows.ts';
import type { DataFacts } from './dataRun.ts';
import type { ShownRows } from './tableRows.ts';

const LISTED_VALUES = 200;
const APPROXIMATE_ROWS = 200_000;
const PERCENT = 100;
const MAX_ROWS_OF_FEW = 1000;

type Params<M extends keyof TableCalls> = TableCalls[M]['params'];

/** Answers what a webview asks of a table besides its pages; `facts` are those of the run that the table shows. */
export class TableQuestions {
  constructor(private readonly engine: EngineClient) {}

  async countRows(facts: DataFacts, { nodeId, view }: Params<'countRows'>, signal: AbortSignal) {
    const sql = viewCountSql(facts.relation, facts.columns, view);
    const request = { sql, lane: 'result' as const, subject: nodeId, maxRows: 1, latestKey: `count ${nodeId}` };
    const result = await this.engine.query(request, { signal });
    return { rowCount: firstNumber(result.ipc) };
  }

  async checkFilter(facts: DataFacts, { nodeId, filter }: Params<'checkFilter'>, signal: AbortSignal): Promise<null> {
    const column = facts.columns[columnKeys(facts.columns).indexOf(filter.column)];
    if (!column) throw new PikaError('bad-request', `There is no column "${filter.column}" any more.`);
    try {
      await this.#rows(nodeId, filterCheckSql(filter, column.type), 'interactive', signal);
    } catch (error) {
      if (PikaError.is(error, 'cancelled')) throw error;
      throw new PikaError('bad-request', filterProblem(filter, column.type), {}, { cause: error });
    }
    return null;
  }

  async listValues(facts: DataFacts, { nodeId, column, search, view }: Params<'listValues'>, signal: AbortSignal) {
    const sql = valueListSql(facts.relation, facts.columns, column, { search, limit: LISTED_VALUES, view });
    const rows = await this.#rows(nodeId, sql, 'interactive', signal, `values ${nodeId}`);
    const values = rows.map(({ value, count }) => ({
      value: typeof value === 'string' ? value : null,
      count: Number(count),
    }));
    return { values, totalCount: Number(rows[0]?.['total'] ?? 0) };
  }

  async profileColumn(
    facts: DataFacts,
    { nodeId, column, view, isApproximate }: Params<'profileColumn'>,
    signal: AbortSignal,
  ): Promise<ColumnProfile> {
    const { relation, columns, rowCount } = facts;
    const isLarge = rowCount !== null && rowCount > APPROXIMATE_ROWS;
    const samplePercent = isApproximate && isLarge ? (APPROXIMATE_ROWS / rowCount) * PERCENT : null;
    const question: ProfileQuestion = { column, view: presentView(view, columns), samplePercent };
    const ask = (sql: string) => this.#rows(nodeId, sql, 'idle', signal);
    const [figures = {}] = await ask(profileSql(relation, columns, question));
    const hasPlaces = typeof figures['low'] === 'number';
    const bins = hasPlaces ? await ask(profileBinsSql(relation, columns, question, figures)) : [];
    const top = await ask(topValuesSql(relation, columns, question));
    return readProfile(figures, bins, top, samplePercent === null);
  }

  /** The text of some cells, `checkCopySize` permitting. */
  async textOf(
    { facts, view, only }: ShownRows,
    { nodeId, range, format }: Omit<Params<'copyCells'>, 'view'>,
    signal: AbortSignal,
  ): Promise<{ text: string; rowCount: number }> {
    const sql = cellsSql(facts, { ...range, isNestedJson: format === 'json' }, view, only);
    const request = { sql, lane: 'interactive' as const, subject: nodeId, maxRows: range.rowCount };
    const { ipc } = await this.engine.query(request, { signal });
    const rows = textRows(ipc);
    const columns = range.columns.map((index) => facts.columns[index] ?? { name: '', type: '' });
    return { text: copyText(format, columns, rows), rowCount: rows.length };
  }

  /** One cell of a nested type as JSON. */
  async jsonOf(
    { facts, view, only }: ShownRows,
    { nodeId, row, column }: Params<'readJson'>,
    signal: AbortSignal,
  ): Promise<{ json: string | null }> {
    const [cell] = await this.#rows(nodeId, cellJsonSql(facts, { row, column }, view, only), 'interactive', signal);
    return { json: typeof cell?.['json'] === 'string' ? cell['json'] : null };
  }

  async #rows(subject: string, sql: string, lane: Lane, signal: AbortSignal, latestKey?: string) {
    if (signal.aborted) throw cancelledError();
    const request = { sql, lane, subject, maxRows: MAX_ROWS_OF_FEW, ...(latestKey !== undefined && { latestKey }) };
    return arrowRows((await this.engine.query(request, { signal })).ipc);
  }
}

/** The edit that writes a view as a query node and shows a table's rows from it: one undo step. */
export function keepEdit(
  document: PikaDocument,
  facts: DataFacts,
  { nodeId, view, columns }: Params<'keepView'>,
): { readonly id: string; readonly edit: DocumentEdit } {
  const table = document.nodes.find((node) => node.id === nodeId);
  if (table?.kind !== 'table') throw new PikaError('node-missing', `There is no table named ${nodeId}.`);
  const taken = document.nodes.map((node) => node.id);
  const id = uniqueId(`${table.data}_view`, taken);
  const sql = keptSql(table.data, facts.columns, view, columns);
  return {
    id,
    edit: { type: 'add', nodes: [{ id, kind: 'query', sql, extra: {} }], layout: {}, data: { [nodeId]: id } },
  };
}

/** @throws PikaError `bad-request` for more cells than a clipboard is for, or none. */
export function checkCopySize({ rowCount, columns }: CellRange): void {
  const cells = rowCount * columns.length;
  if (columns.length === 0 || rowCount === 0) throw new PikaError('bad-request', 'There is nothing selected to copy.');
  if (cells <= MAX_COPIED_CELLS) return;
  const [count, most] = [cells, MAX_COPIED_CELLS].map((each) => each.toLocaleString('en-US'));
  throw new PikaError('bad-request', `${count} cells are too many for the clipboard, which takes ${most}.`, {
    hint: 'Select fewer rows or columns, or export the node.',
  });
}

function textRows(ipc: Uint8Array): TextRows {
  const table = tableFromIPC(ipc);
  const columns = table.schema.fields.map((_, index) => table.getChildAt(index));
  return Array.from({ length: table.numRows }, (_, row) =>
    columns.map((column) => {
      const value: unknown = column?.get(row);
      return typeof value === 'string' ? value : null;
    }),
  );
}

function filterProblem(filter: ColumnFilter, type: string): string {
  if (filter.kind === 'text') return `“${filter.text}” is no regular expression that DuckDB understands.`;
  const texts =
    filter.kind === 'compare'
      ? [filter.value]
      : filter.kind === 'range'
        ? [filter.low, filter.high].filter(Boolean)
        : [];
  return `“${texts.join('” or “')}” cannot be compared with values of ${filter.column}, which are ${type}.`;
}
