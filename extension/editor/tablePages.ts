import type { Disposable } from '#common/base/scope';
import { FIRST_ROWS, PAGE_COLUMNS } from '#common/base/limits';
import type { RowsPage } from '#common/protocol/webviewContract';
import { ALL_ROWS, isPlain, presentView, type RowsView } from '#common/table/tableView';
import type { EngineClient } from '../host/engineClient.ts';
import { pageSql, type PageWindow } from '../query/pageSql.ts';
import type { DataFacts, DataRun } from './dataRun.ts';
import { upstreamError } from './queryRun.ts';
import type { StatusBoard } from './statusBoard.ts';
import { TableRows, type ShownRows } from './tableRows.ts';

const FIRST_PAGE: PageWindow = { rowOffset: 0, rowCount: FIRST_ROWS, columnOffset: 0, columnCount: PAGE_COLUMNS };

interface TableRun {
  readonly data: DataRun;
  readonly generation: number;
  readonly controller: AbortController;
  readonly firstPage: Promise<RowsPage>;
  isSettled: boolean;
}

/** Serves pages of table nodes; the first page is read before a webview asks for it. */
export class TablePages implements Disposable {
  readonly rows: TableRows;
  readonly #runs = new Map<string, TableRun>();

  constructor(
    private readonly engine: EngineClient,
    private readonly board: StatusBoard,
    /** Told of every first page. */
    private readonly didRead: (id: string, run: DataRun, ipc: Uint8Array) => void,
  ) {
    this.rows = new TableRows(engine);
  }

  get isIdle(): boolean {
    return [...this.#runs.values()].every((run) => run.isSettled);
  }

  /** Starts a table on its data unless it already shows that run. */
  show(id: string, dataId: string, data: DataRun): void {
    const before = this.#runs.get(id);
    if (before?.data === data) return;
    this.cancel(id);
    const generation = (this.board.get(id)?.generation ?? 0) + 1;
    const controller = new AbortController();
    const firstPage = this.#firstPage(id, dataId, { data, generation, controller });
    const run: TableRun = { data, generation, controller, firstPage, isSettled: false };
    this.#runs.set(id, run);
    const settle = () => void (run.isSettled = true);
    firstPage.then(settle, settle).then(
      () => this.board.update(id, {}),
      () => undefined,
    );
  }

  /** Forgets tables that are gone. */
  retain(ids: ReadonlySet<string>): void {
    for (const id of [...this.#runs.keys()]) if (!ids.has(id)) this.cancel(id);
  }

  /** Stops reading a table and forgets what it showed. */
  cancel(id: string): void {
    this.#runs.get(id)?.controller.abort();
    this.#runs.delete(id);
    this.rows.forget(id);
  }

  /** One page; the answer's generation tells which run of the data it belongs to. */
  async read(id: string, window: PageWindow, signal: AbortSignal, view: RowsView = ALL_ROWS): Promise<RowsPage> {
    const run = this.#runs.get(id);
    if (!run) throw upstreamError(id, undefined);
    const first = await run.firstPage;
    if (isPlain(view) && isFirstPage(window)) return first;
    const { generation } = run;
    return this.#page(id, await this.shown(id, view, window, signal), { window, generation }, signal);
  }

  /** Where some rows of a view are read from. */
  async shown(
    id: string,
    view: RowsView,
    range: { readonly rowOffset: number; readonly rowCount: number },
    signal: AbortSignal,
  ): Promise<ShownRows> {
    const facts = await this.facts(id);
    return this.rows.find(id, { facts, view: presentView(view, facts.columns) }, range, signal);
  }

  /** What the data of a table is, as far as it is there now. */
  async facts(id: string): Promise<DataFacts> {
    const run = this.#runs.get(id);
    if (!run) throw upstreamError(id, undefined);
    if (!run.data.isSettled) return run.data.rows;
    return this.rows.placed(id, await run.data.complete, run.controller.signal);
  }

  dispose(): void {
    this.retain(new Set());
    this.rows.dispose();
  }

  async #firstPage(
    id: string,
    dataId: string,
    { data, generation, controller }: Pick<TableRun, 'data' | 'generation' | 'controller'>,
  ): Promise<RowsPage> {
    const { signal } = controller;
    const startedMs = performance.now();
    const isKept = this.board.get(id)?.isKept ?? false;
    // Rows that were kept stay on the screen until the new ones are there.
    const absent = isKept ? {} : { rowCount: null, columns: null, generation };
    this.board.update(id, { state: 'running', error: null, ...absent });
    try {
      const facts = await data.rows.catch((error: unknown) => {
        throw upstreamError(dataId, error);
      });
      const shape = { columns: facts.columns, rowCount: facts.rowCount, generation };
      if (!isKept) this.board.update(id, shape);
      const page = await this.#page(id, { facts, view: ALL_ROWS }, { window: FIRST_PAGE, generation }, signal);
      this.board.update(id, { ...shape, state: 'done', elapsedMs: performance.now() - startedMs });
      this.didRead(id, data, page.ipc);
      void data.complete.then(
        ({ rowCount }) => {
          if (!signal.aborted) this.board.update(id, { rowCount });
        },
        () => undefined,
      );
      return page;
    } catch (error) {
      if (isKept && !signal.aborted) this.board.update(id, { rowCount: null, columns: null, generation });
      if (!signal.aborted) this.board.fail(id, error);
      throw error;
    }
  }

  async #page(
    id: string,
    { facts, view, only }: ShownRows,
    { window, generation }: { readonly window: PageWindow; readonly generation: number },
    signal: AbortSignal,
  ): Promise<RowsPage> {
    const sql = pageSql(facts, window, view, only);
    const request = { sql, lane: 'interactive' as const, subject: id, maxRows: window.rowCount };
    const result = await this.engine.query(request, { signal });
    return { ipc: result.ipc, rowCount: result.rowCount, generation };
  }
}

/** Whether a window is the page that is read before it is asked for. */
export function isFirstPage(window: PageWindow): boolean {
  return (
    window.rowOffset === 0 &&
    window.columnOffset === 0 &&
    window.rowCount === FIRST_ROWS &&
    window.columnCount === PAGE_COLUMNS
  );
}
