import { tableFromIPC, type Table } from 'apache-arrow';
import { FIRST_ROWS, PAGE_COLUMNS } from '#common/base/limits';
import type { RowsPage } from '#common/protocol/webviewContract';

const MAX_PAGES = 80;

/** The part of a table that one request covers. */
export interface PageWindow {
  readonly rowOffset: number;
  readonly rowCount: number;
  readonly columnOffset: number;
  readonly columnCount: number;
}

/** Rows on screen; the end is exclusive. */
export interface VisibleRows {
  readonly firstRow: number;
  readonly endRow: number;
}

/** Rows and columns on screen, columns by their place among those that are shown; ends are exclusive. */
export interface VisibleCells extends VisibleRows {
  readonly firstColumn: number;
  readonly endColumn: number;
}

/** Whom a table asks for its pages and tells about them. */
export interface RowPagesOptions {
  read(window: PageWindow, signal: AbortSignal): Promise<RowsPage>;
  /** A page arrived. */
  onPage(): void;
  onError(error: unknown): void;
}

/** Text of a cell; null is null, undefined is not here yet. */
export type CellText = string | null | undefined;

/**
 * The rows of one run of a table, fetched page by page as they come into view and forgotten again.
 *
 * A page that scrolled out of view before it came is cancelled; at most 80 pages are kept, least recently seen first out.
 */
export class RowPages {
  readonly #pages = new Map<string, Table>();
  readonly #pending = new Map<string, AbortController>();
  #knownRows = 0;
  #hasEnd = false;

  constructor(private readonly options: RowPagesOptions) {}

  /** Rows seen so far, and one page more while the end is unknown. */
  get knownRows(): number {
    return this.#hasEnd ? this.#knownRows : this.#knownRows + FIRST_ROWS;
  }

  /** Fetches what these cells need, and those of some rows besides, and drops requests they no longer need. */
  show(rows: VisibleRows, columns: readonly number[], besides: readonly number[] = []): void {
    const alone = besides.flatMap((row) => windowsOf({ firstRow: row, endRow: row + 1 }, columns));
    const wanted = [...windowsOf(rows, columns), ...alone];
    const keys = new Set(wanted.map(keyOf));
    for (const key of [...this.#pending.keys()]) if (!keys.has(key)) this.#cancel(key);
    for (const window of wanted) {
      const key = keyOf(window);
      const page = this.#pages.get(key);
      if (page) this.#touch(key, page);
      else if (!this.#pending.has(key)) void this.#fetch(key, window);
    }
  }

  text(row: number, column: number): CellText {
    const rowOffset = row - (row % FIRST_ROWS);
    const columnOffset = column - (column % PAGE_COLUMNS);
    const page = this.#pages.get(`${rowOffset},${columnOffset}`);
    if (!page || row - rowOffset >= page.numRows) return undefined;
    const value: unknown = page.getChildAt(column - columnOffset)?.get(row - rowOffset);
    return value === null || typeof value === 'string' ? value : undefined;
  }

  /** Forgets every page: the rows are others now. */
  clear(): void {
    for (const key of [...this.#pending.keys()]) this.#cancel(key);
    this.#pages.clear();
    this.#knownRows = 0;
    this.#hasEnd = false;
  }

  dispose(): void {
    this.clear();
  }

  #cancel(key: string): void {
    this.#pending.get(key)?.abort();
    this.#pending.delete(key);
  }

  async #fetch(key: string, window: PageWindow): Promise<void> {
    const controller = new AbortController();
    this.#pending.set(key, controller);
    try {
      const { ipc } = await this.options.read(window, controller.signal);
      if (controller.signal.aborted) return;
      const page = tableFromIPC(ipc);
      this.#touch(key, page);
      this.#knownRows = Math.max(this.#knownRows, window.rowOffset + page.numRows);
      if (page.numRows < window.rowCount) this.#hasEnd = true;
      this.options.onPage();
    } catch (error) {
      if (!controller.signal.aborted) this.options.onError(error);
    } finally {
      if (this.#pending.get(key) === controller) this.#pending.delete(key);
    }
  }

  #touch(key: string, page: Table): void {
    this.#pages.delete(key);
    this.#pages.set(key, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > MAX_PAGES && oldest !== undefined) this.#pages.delete(oldest);
  }
}

function keyOf({ rowOffset, columnOffset }: PageWindow): string {
  return `${rowOffset},${columnOffset}`;
}

/** The pages that cover some rows of some columns, in the fixed raster of pages. */
export function windowsOf(rows: VisibleRows, columns: Iterable<number>): PageWindow[] {
  const columnOffsets = new Set<number>();
  for (const column of columns) columnOffsets.add(column - (column % PAGE_COLUMNS));
  const windows: PageWindow[] = [];
  for (let rowOffset = rows.firstRow - (rows.firstRow % FIRST_ROWS); rowOffset < rows.endRow; rowOffset += FIRST_ROWS) {
    for (const columnOffset of columnOffsets) {
      windows.push({ rowOffset, rowCount: FIRST_ROWS, columnOffset, columnCount: PAGE_COLUMNS });
    }
  }
  return windows;
}
