import type { DetailQuestion } from '../plot/detailQuestion.ts';
import type { PlotSelection } from '../plot/plotSelection.ts';
import type { TextRows } from '../table/copyText.ts';
import type { ColumnInfo } from './engineContract.ts';

/** A selection as SQL. */
export interface SelectionFacts {
  /** Body of a WHERE clause. */
  readonly condition: string;
  /** The query of a node that holds the selected rows. */
  readonly sql: string;
  /** Rows that the condition holds for; null when they were not to be counted. */
  readonly rowCount: number | null;
}

/** Rows as DuckDB's own texts; null is null. */
export interface PlotRows {
  /** The plot's own columns first. */
  readonly columns: readonly ColumnInfo[];
  readonly rows: TextRows;
  /** How many rows there are altogether. */
  readonly rowCount: number;
}

/** Where a drawn row lies on an axis: its value in data units, and how far codes may be off. */
export interface NearValue {
  readonly value: number;
  readonly tolerance: number;
}

/** What a webview asks of a plot besides its picture. */
export type PlotCalls = {
  /** A newer question of the same plot takes the place of one that waits. */
  describeSelection: {
    params: { nodeId: string; selection: PlotSelection; isCounted: boolean };
    result: SelectionFacts;
  };
  /** The row that is nearest to a drawn point; `rowCount` are those at the same place. */
  readPoint: { params: { nodeId: string; x: NearValue; y: NearValue }; result: PlotRows };
  /** The first rows of what is plotted. */
  readPlotRows: { params: { nodeId: string; limit: number }; result: PlotRows };
  /** A part of a plot that DuckDB aggregates, as one Arrow IPC stream; null where the plot has changed since its stream was opened. */
  readDetail: {
    params: { nodeId: string; streamId: string; question: DetailQuestion };
    result: { ipc: Uint8Array | null };
  };
};
