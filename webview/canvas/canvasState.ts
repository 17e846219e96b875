import { inject, shallowReactive, shallowRef, type InjectionKey, type ShallowRef } from 'vue';
import { toWireError, type WireError } from '#common/base/pikaError';
import type { Span } from '#common/base/trace';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { ColumnProfile } from '#common/table/columnProfile';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSelection } from '#common/plot/plotSelection';
import type { SelectionFacts } from '#common/protocol/plotContract';
import type { PlotDrawn } from '#common/protocol/webviewContract';
import { PageCache } from '../table/pageCache.ts';
import { PlotCache } from './plotCache.ts';
import type { MenuItem } from '../ui/menuItem.ts';

/** What is known of a plot besides its state. */
export interface PlotFacts {
  readonly header: PlotHeader | null;
  readonly drawn: PlotDrawn | null;
  /** Stages of the last drawing. */
  readonly spans: readonly Span[];
  readonly selection: PlotSelection | null;
  /** Rows that are selected, where known. */
  readonly selectedRows: number | null;
  /** What the selected rows are like, where they are in the page. */
  readonly selectionLines: readonly string[];
  /** The selection as a WHERE clause, and as a query of the selected rows. */
  readonly selectionSql: Pick<SelectionFacts, 'condition' | 'sql'> | null;
}

/** Nothing is selected in a plot. */
export const NO_SELECTION: Pick<PlotFacts, 'selection' | 'selectedRows' | 'selectionLines' | 'selectionSql'> = {
  selection: null,
  selectedRows: null,
  selectionLines: [],
  selectionSql: null,
};

/** A table's column in the side panel. */
export interface ChosenColumn {
  readonly column: ColumnInfo;
  readonly profile: ColumnProfile | null;
  /** Filters the table to a range of the column. */
  readonly brush: (low: number, high: number) => void;
}

/** A menu at a place of the window. */
export interface OpenMenu {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly items: readonly MenuItem[];
}

/** A tip with the schema of what flows out of a node, at a place of the window. */
export interface OpenTip {
  readonly nodeId: string;
  readonly x: number;
  readonly y: number;
}

const NO_FACTS: PlotFacts = { header: null, drawn: null, spans: [], ...NO_SELECTION };

/** What the canvas, its cards and the side panel share and nobody stores. */
export class CanvasState {
  /** The node that takes wheel, drag and keys. */
  readonly activeId: ShallowRef<string | null> = shallowRef(null);
  /** The node to show as soon as it is there. */
  readonly wantedId: ShallowRef<string | null> = shallowRef(null);
  readonly selectedIds: ShallowRef<readonly string[]> = shallowRef([]);
  /** The context menu that is open, in pixels of the window. */
  readonly menu: ShallowRef<OpenMenu | null> = shallowRef(null);
  readonly tip: ShallowRef<OpenTip | null> = shallowRef(null);
  /** The sheet over the canvas: the search for a node, or the list of keys. */
  readonly sheet: ShallowRef<'search' | 'keys' | null> = shallowRef(null);
  readonly isMapOpen = shallowRef(false);
  /** Nodes to select as soon as they are there. */
  readonly comingIds: ShallowRef<readonly string[]> = shallowRef([]);
  /** The node whose name is being typed over. */
  readonly renamingId: ShallowRef<string | null> = shallowRef(null);
  /** Zoomed out so far that cards show their names only. */
  readonly isFar = shallowRef(false);
  /** How much larger than its layout size the canvas is shown; 1 where it is smaller. */
  readonly magnification = shallowRef(1);
  /** Nodes that have their card; the others are plain boxes until they come into view. */
  readonly cards = shallowReactive(new Set<string>());
  /** What queries would read with the text that is being typed into them, by their ids. */
  readonly draftReads = shallowReactive(new Map<string, readonly string[]>());
  /** A failure of a button or key that no node shows. */
  readonly message: ShallowRef<WireError | null> = shallowRef(null);
  /** Data of plots whose cards may come back. */
  readonly plotCache = new PlotCache();
  /** Rows of tables whose cards may come back. */
  readonly pageCache = new PageCache();
  readonly #columns = shallowReactive(new Map<string, ChosenColumn>());
  readonly #plots = shallowReactive(new Map<string, PlotFacts>());

  hasCard(id: string): boolean {
    return this.cards.has(id) || this.activeId.value === id || this.renamingId.value === id;
  }

  plot(id: string): PlotFacts {
    return this.#plots.get(id) ?? NO_FACTS;
  }

  setPlot(id: string, change: Partial<PlotFacts>): void {
    this.#plots.set(id, { ...this.plot(id), ...change });
  }

  /** The column of a table whose head was clicked last. */
  chosenColumn(id: string): ChosenColumn | null {
    return this.#columns.get(id) ?? null;
  }

  chooseColumn(id: string, chosen: ChosenColumn | null): void {
    if (chosen) this.#columns.set(id, chosen);
    else this.#columns.delete(id);
  }

  forgetPlot(id: string): void {
    this.#plots.delete(id);
    this.plotCache.forget(id);
  }

  /** Shows the failure of some work; cancelled work is no failure. */
  report(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.show(error));
  }

  show(error: unknown): void {
    const wire = toWireError(error);
    if (wire.code !== 'cancelled' && wire.code !== 'disposed') this.message.value = wire;
  }
}

export const CANVAS: InjectionKey<CanvasState> = Symbol('canvas');

/** The canvas this component is part of. */
export function useCanvas(): CanvasState {
  const state = inject(CANVAS);
  if (!state) throw new Error('useCanvas() needs a component that provides CANVAS');
  return state;
}
