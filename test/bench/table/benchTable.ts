import { ALL_ROWS, type RowsView } from '#common/table/tableView';
import type { QueryRequest } from '#common/protocol/engineContract';
import type { DataFacts } from '../../../extension/editor/dataRun.ts';
import { TableQuestions } from '../../../extension/editor/tableQuestions.ts';
import { TableRows } from '../../../extension/editor/tableRows.ts';
import type { EngineClient } from '../../../extension/host/engineClient.ts';
import { pageSql } from '../../../extension/query/pageSql.ts';

const PAGE = { rowCount: 200, columnOffset: 0, columnCount: 64 };
const NEVER = new AbortController().signal;

/** A table as the extension serves it: asks the engine just what a webview's requests ask of it, and notes the statements. */
export class BenchTable {
  readonly statements: string[] = [];
  readonly #client: EngineClient;
  readonly #rows: TableRows;
  readonly #questions: TableQuestions;

  constructor(
    client: EngineClient,
    readonly facts: DataFacts,
  ) {
    const query = (request: QueryRequest & { maxRows: number }, options: Parameters<EngineClient['query']>[1]) => {
      this.statements.push(request.sql);
      return client.query(request, options);
    };
    this.#client = new Proxy(client, {
      get: (target, name) => {
        if (name === 'query') return query;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    this.#rows = new TableRows(this.#client);
    this.#questions = new TableQuestions(this.#client);
  }

  /** One page of a view. */
  async page(rowOffset: number, view: RowsView = ALL_ROWS): Promise<void> {
    const window = { ...PAGE, rowOffset };
    const { facts, view: shown, only } = await this.#rows.find('bench', { facts: this.facts, view }, window, NEVER);
    const sql = pageSql(facts, window, shown, only);
    await this.#client.query({ sql, lane: 'interactive', subject: 'bench', maxRows: 200 }, { signal: NEVER });
  }

  /** The same page as one plain statement over whole rows. */
  plainPage(rowOffset: number, view: RowsView): string {
    return pageSql(this.facts, { ...PAGE, rowOffset }, view);
  }

  /** Works out a view's order. */
  order(view: RowsView): Promise<void> {
    return this.#rows.order('bench', this.facts, view, { signal: NEVER });
  }

  /** The values of a column, then the first rows that have one of two of them, and how many rows those are. */
  async filterByValues(column: number): Promise<void> {
    const name = this.facts.columns[column]?.name ?? '';
    const question = { nodeId: 'bench', column, search: '', view: ALL_ROWS };
    const { values } = await this.#questions.listValues(this.facts, question, NEVER);
    const chosen = values.slice(0, 2).map(({ value }) => value);
    const view: RowsView = { sort: [], filters: [{ kind: 'values', column: name, values: chosen, isExcluded: false }] };
    await this.page(0, view);
    await this.#questions.countRows(this.facts, { nodeId: 'bench', view }, NEVER);
  }

  /** Exact profiles, one column after the other. */
  async profile(columns: number): Promise<void> {
    for (let column = 0; column < columns; column++) {
      const question = { nodeId: 'bench', column, view: ALL_ROWS, isApproximate: false };
      await this.#questions.profileColumn(this.facts, question, NEVER);
    }
  }

  /** What `body` asks of the engine. */
  async statementsOf(body: () => Promise<void>): Promise<readonly string[]> {
    this.statements.length = 0;
    await body();
    return [...this.statements];
  }
}
