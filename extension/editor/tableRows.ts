import { FIRST_ROWS } from '#common/base/limits';
import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { Progress } from '#common/protocol/engineContract';
import { ALL_ROWS, isPlain, type RowsView } from '#common/table/tableView';
import type { EngineClient } from '../host/engineClient.ts';
import { quoteIdentifier } from '../query/quote.ts';
import { listedCondition, orderedCondition, type RowPlace } from '../query/rowPlaces.ts';
import { viewPlacesSql, viewRelation } from '../query/viewSql.ts';
import { arrowRows } from './arrowRows.ts';
import type { DataFacts } from './dataRun.ts';
import { ScratchRows } from './scratchRows.ts';

/** Rows of a view that are found by reading for them alone; those further down wait for the whole order. */
const DIRECT_ROWS = 2000;
/** A result without row places that has at most so many cells is kept, so that its pages belong together. */
const MAX_KEPT_CELLS = 20_000_000;
/** More rows than this are found by reading the data once, not one by one. */
const MAX_LISTED_ROWS = 2000;

/** Where rows of a view are read from. */
export interface ShownRows {
  readonly facts: DataFacts;
  readonly view: RowsView;
  /** A condition that holds for just the rows asked for, where the view's order is known. */
  readonly only?: string;
}

/** Finds the rows of tables' views: any part of them, without reading what lies before it, once their order is known. */
export class TableRows implements Disposable {
  readonly #scratch: ScratchRows;

  constructor(private readonly engine: EngineClient) {
    this.#scratch = new ScratchRows(engine);
  }

  /**
   * Data whose rows have places; a result that has none is worked out once, where it is small enough to be kept.
   * @param signal Aborts when the table no longer shows this data, not with one of its pages: others wait for it too.
   */
  async placed(id: string, facts: DataFacts, signal: AbortSignal): Promise<DataFacts> {
    const { rowCount, columns } = facts;
    const isKept = !facts.places && rowCount !== null && rowCount > FIRST_ROWS;
    if (!isKept || rowCount * columns.length > MAX_KEPT_CELLS) return facts;
    const sql = `SELECT * FROM ${viewRelation(facts, ALL_ROWS)}`;
    try {
      const name = await this.#scratch.keep(dataSlot(id), sql, { lane: 'result', subject: id, signal });
      return { ...facts, relation: quoteIdentifier(name), places: { kind: 'rowid' } };
    } catch (error) {
      if (PikaError.is(error, 'cancelled')) throw error;
      return facts;
    }
  }

  /** Works out a view's order, so that any part of it comes at once afterwards; a table's earlier order is given up. */
  async order(
    id: string,
    facts: DataFacts,
    view: RowsView,
    options: { signal: AbortSignal; onProgress?: (progress: Progress) => void },
  ): Promise<void> {
    await this.#scratch.keep(orderSlot(id), orderSql(facts, view), { ...options, lane: 'result', subject: id });
  }

  /** What to read for some rows of a view. Rows far down wait for the view's order. */
  async find(
    id: string,
    { facts, view }: ShownRows,
    range: { readonly rowOffset: number; readonly rowCount: number },
    signal: AbortSignal,
  ): Promise<ShownRows> {
    if (isPlain(view)) return { facts, view };
    if (range.rowOffset + range.rowCount > DIRECT_ROWS) await this.order(id, facts, view, { signal });
    const table = this.#scratch.tableOf(orderSlot(id), orderSql(facts, view));
    const { places } = facts;
    if (table === null) {
      if (!places || view.sort.length === 0) return { facts, view };
      // Sorting the keys alone and then reading the rows is many times quicker than sorting whole rows.
      const sql = `${viewPlacesSql(facts, places, view)} LIMIT ${range.rowCount} OFFSET ${range.rowOffset}`;
      return { facts, view, only: listedCondition(places, await this.#placesOf(id, sql, signal)) };
    }
    const order = quoteIdentifier(table);
    if (!places) return { facts: { ...facts, relation: order, places: { kind: 'rowid' } }, view: ALL_ROWS };
    if (range.rowCount > MAX_LISTED_ROWS) return { facts, view, only: orderedCondition(places, order, range) };
    const sql = `FROM ${order} WHERE rowid >= ${range.rowOffset} AND rowid < ${range.rowOffset + range.rowCount}`;
    return { facts, view, only: listedCondition(places, await this.#placesOf(id, sql, signal)) };
  }

  /** Gives up what was worked out for a table. */
  forget(id: string): void {
    this.#scratch.forget(dataSlot(id));
    this.#scratch.forget(orderSlot(id));
  }

  dispose(): void {
    this.#scratch.dispose();
  }

  async #placesOf(subject: string, sql: string, signal: AbortSignal): Promise<readonly RowPlace[]> {
    const exact = `SELECT COLUMNS(*)::DOUBLE FROM (${sql})`;
    const request = { sql: exact, lane: 'interactive' as const, subject, maxRows: MAX_LISTED_ROWS };
    const { ipc } = await this.engine.query(request, { signal });
    return arrowRows(ipc).map((row) => Object.values(row).map(Number));
  }
}

function orderSql(facts: DataFacts, view: RowsView): string {
  return facts.places ? viewPlacesSql(facts, facts.places, view) : `SELECT * FROM ${viewRelation(facts, view)}`;
}

const dataSlot = (id: string) => `data ${id}`;
const orderSlot = (id: string) => `order ${id}`;
