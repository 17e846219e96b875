import type { DetailQuestion } from '#common/plot/detailQuestion';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { PlotStats } from './statsSql.ts';

/** What a plot is planned from. */
export interface PlotRequest {
  /** Text that can stand after FROM. */
  readonly relation: string;
  readonly spec: PlotSpec;
  readonly columns: readonly ColumnInfo[];
  readonly stats: PlotStats;
  readonly size: { readonly widthPx: number; readonly heightPx: number };
  /** IANA name of the zone whose clock the page shows. */
  readonly timeZone: string;
  /** With more rows than this DuckDB aggregates; otherwise the columns are shipped. */
  readonly maxColumnRows: number;
  /** N when the relation holds one row in N; 1 for all rows. */
  readonly sampledOneIn: number;
}

/** A plot's header but for the stream that is not open yet. */
export type PlannedHeader = PlotHeader extends infer H ? (H extends PlotHeader ? Omit<H, 'streamId'> : never) : never;

/** What the webview is told, and the query whose batches it draws. */
export interface FinishedPlan {
  readonly header: PlannedHeader;
  readonly sql: string;
  /** Of an aggregated plot: the query of a part of it in more detail; null for a question that is none of such a plot. */
  readonly detailSql?: (question: DetailQuestion) => string | null;
}

/** A plan in two steps: some plots have to know their categories before they can be described. */
export interface PlotPlan {
  /** Query to run first, at most `maxCategories` rows; null when `finish` needs no rows. */
  readonly categoriesSql: string | null;
  readonly maxCategories: number;
  /** @param rows Rows of `categoriesSql`. @throws PikaError `plot-impossible`. */
  finish(rows: readonly Readonly<Record<string, unknown>>[]): FinishedPlan;
}
