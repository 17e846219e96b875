import type { PlotNode } from '#common/document/pikaDocument';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { PlotCalls, PlotRows } from '#common/protocol/plotContract';
import type { EngineClient } from '../host/engineClient.ts';
import { firstRowsSql, pointSql, shownColumns, type RowsQuestion } from '../query/pointSql.ts';
import { conditionCountSql, filterNodeSql, selectionSql } from '../query/selectionSql.ts';
import { arrowRows, firstNumber } from './arrowRows.ts';
import type { DataFacts } from './dataRun.ts';

type Params<M extends keyof PlotCalls> = PlotCalls[M]['params'];

/** What a plot shows at present. */
export interface PlottedData {
  readonly node: PlotNode;
  readonly spec: PlotSpec;
  readonly facts: DataFacts;
  /** IANA name of the zone whose clock pages show. */
  readonly timeZone: string;
}

/** Answers what a webview asks of a plot besides its picture. */
export class PlotQuestions {
  constructor(private readonly engine: EngineClient) {}

  async describeSelection(
    { node, spec, facts, timeZone }: PlottedData,
    { selection, isCounted }: Params<'describeSelection'>,
    signal: AbortSignal,
  ): Promise<PlotCalls['describeSelection']['result']> {
    const condition = selectionSql(selection, { spec, columns: facts.columns, timeZone });
    const sql = filterNodeSql(node.data, condition);
    if (!isCounted) return { condition, sql, rowCount: null };
    const count = conditionCountSql(facts.relation, condition);
    const result = await this.#ask(count, `selection ${node.id}`, node.id, signal);
    return { condition, sql, rowCount: firstNumber(result) };
  }

  async readPoint({ node, spec, facts }: PlottedData, { x, y }: Params<'readPoint'>, signal: AbortSignal) {
    const question = questionOf(spec, facts);
    const ipc = await this.#ask(pointSql(question, spec, x, y), `point ${node.id}`, node.id, signal);
    const found = arrowRows(ipc);
    return rowsOf(question, found, Number(found[0]?.['total'] ?? 0));
  }

  async readPlotRows({ node, spec, facts }: PlottedData, { limit }: Params<'readPlotRows'>, signal: AbortSignal) {
    const question = questionOf(spec, facts);
    const ipc = await this.#ask(firstRowsSql(question, limit), `rows ${node.id}`, node.id, signal);
    const found = arrowRows(ipc);
    return rowsOf(question, found, facts.rowCount ?? found.length);
  }

  async #ask(sql: string, latestKey: string, subject: string, signal: AbortSignal): Promise<Uint8Array> {
    const request = { sql, lane: 'interactive' as const, subject, maxRows: MOST_ROWS, latestKey };
    return (await this.engine.query(request, { signal })).ipc;
  }
}

const MOST_ROWS = 1000;

function questionOf(spec: PlotSpec, { relation, columns }: DataFacts): RowsQuestion {
  return { relation, columns, shown: shownColumns(spec, columns) };
}

function rowsOf(
  { columns, shown }: RowsQuestion,
  found: readonly Readonly<Record<string, unknown>>[],
  rowCount: number,
): PlotRows {
  const rows = found.map((row) =>
    shown.map((_, place) => {
      const text = row[`c${place}`];
      return typeof text === 'string' ? text : null;
    }),
  );
  return { columns: shown.map((index) => columns[index] ?? { name: '', type: '' }), rows, rowCount };
}
