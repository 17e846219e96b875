import type { Progress } from './engineContract.ts';
import type { ColumnFilter, RowsView } from '../table/tableView.ts';
import type { CopyFormat } from '../table/copyText.ts';
import type { ColumnProfile } from '../table/columnProfile.ts';

/** A part of a view by row range and column indexes, in the order they are shown. */
export interface CellRange {
  readonly rowOffset: number;
  readonly rowCount: number;
  readonly columns: readonly number[];
}

/** One value of a column and how many rows have it; null is null. */
export interface ValueCount {
  readonly value: string | null;
  readonly count: number;
}

/** What a webview asks of a table besides its pages. */
export type TableCalls = {
  /** Rows that a view's filters leave. */
  countRows: { params: { nodeId: string; view: RowsView }; result: { rowCount: number } };
  /** Puts a sorted view in order once, so that any page of it comes at once afterwards. */
  sortRows: { params: { nodeId: string; view: RowsView }; result: null; progress: Progress };
  /** @throws PikaError when the filter cannot be applied, e.g. `abc` as a date. */
  checkFilter: { params: { nodeId: string; filter: ColumnFilter }; result: null };
  listValues: {
    params: { nodeId: string; column: number; search: string; view: RowsView };
    result: { values: readonly ValueCount[]; totalCount: number };
  };
  profileColumn: {
    params: { nodeId: string; column: number; view: RowsView; isApproximate: boolean };
    result: ColumnProfile;
  };
  /** One cell as JSON, its numbers exactly as the engine has them; null for null. `column` is an index. */
  readJson: {
    params: { nodeId: string; view: RowsView; row: number; column: number };
    result: { json: string | null };
  };
  /** Asks where to export the view to, as it is shown, and writes it. */
  exportView: { params: { nodeId: string; view: RowsView; columns: readonly number[] }; result: null };
  /** Puts cells on the clipboard, exactly as the engine has them. */
  copyCells: {
    params: { nodeId: string; view: RowsView; range: CellRange; format: CopyFormat };
    result: { rowCount: number };
  };
  /** Adds a query node that is the view, and shows the table's rows from it. */
  keepView: { params: { nodeId: string; view: RowsView; columns: readonly number[] }; result: { id: string } };
};
