import type { TableState } from '../table/tableState.ts';
import type { HostLink } from './vscodeLink.ts';

/** Scroll position of a table, in pixels of its whole content. */
export interface TableScroll {
  readonly top: number;
  readonly left: number;
}

/** What a page remembers while it is hidden; never part of the document. */
export interface ViewState {
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number } | null;
  readonly activeId: string | null;
  /** Null until the user opens or closes the panel. */
  readonly isPanelOpen: boolean | null;
  readonly tables: Readonly<Record<string, TableScroll>>;
  readonly tableStates: Readonly<Record<string, TableState>>;
}

const EMPTY: ViewState = { viewport: null, activeId: null, isPanelOpen: null, tables: {}, tableStates: {} };

/** Reads and writes the page's view state. */
export class ViewStateStore {
  #state: ViewState;

  constructor(private readonly link: Pick<HostLink, 'loadState' | 'saveState'>) {
    this.#state = parseViewState(link.loadState());
  }

  get current(): ViewState {
    return this.#state;
  }

  update(change: Partial<ViewState>): void {
    this.#state = { ...this.#state, ...change };
    this.link.saveState(this.#state);
  }
}

/** A view state of whatever was stored; what does not fit is left out. */
export function parseViewState(stored: unknown): ViewState {
  if (!isRecord(stored)) return EMPTY;
  const { viewport, activeId, isPanelOpen, tables, tableStates } = stored;
  return {
    viewport: isViewport(viewport) ? viewport : null,
    activeId: typeof activeId === 'string' ? activeId : null,
    isPanelOpen: typeof isPanelOpen === 'boolean' ? isPanelOpen : null,
    tables: isRecord(tables) ? Object.fromEntries(Object.entries(tables).filter(isScrollEntry)) : {},
    tableStates: isRecord(tableStates) ? Object.fromEntries(Object.entries(tableStates).filter(isStateEntry)) : {},
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isViewport(value: unknown): value is NonNullable<ViewState['viewport']> {
  return isRecord(value) && [value['x'], value['y'], value['zoom']].every(Number.isFinite);
}

function isScrollEntry(entry: [string, unknown]): entry is [string, TableScroll] {
  const [, value] = entry;
  return isRecord(value) && [value['top'], value['left']].every(Number.isFinite);
}

/** Only this page writes states, so their outline is enough to know one that an older version wrote. */
function isStateEntry(entry: [string, unknown]): entry is [string, TableState] {
  const [, value] = entry;
  if (!isRecord(value) || !isRecord(value['rows']) || !isRecord(value['widths'])) return false;
  const { sort, filters } = value['rows'];
  const { hidden, order, pinned, pinnedRows } = value;
  return [sort, filters, hidden, order, pinned, pinnedRows].every(Array.isArray);
}
