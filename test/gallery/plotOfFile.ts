import { tableFromArrays, tableToIPC } from 'apache-arrow';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { plotData, runPlot } from '../unit/query/plotCase.ts';
import { readerOf, type ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { fromRepository } from '../../extension/build/paths.ts';
import type { FinishedPlan } from '../../extension/query/plotPlan.ts';
import type { GalleryPlot } from './galleryPlots.ts';

const COLUMN_NAMES: Readonly<Record<string, readonly string[]>> = {
  histogram: ['x'],
  line: ['x', 'y', 'series'],
  bars: ['category', 'count'],
  groups: ['category', 'count'],
};

function columnNames(
  header: Pick<PlotHeader, 'plotKind' | 'strategy'> & { color?: unknown; size?: unknown },
): readonly string[] {
  if (header.plotKind !== 'scatter')
    return header.strategy === 'aggregate' && header.plotKind === 'histogram'
      ? ['bin', 'count']
      : (COLUMN_NAMES[header.plotKind] ?? []);
  if (header.strategy === 'aggregate')
    return header.color ? ['x', 'y', 'color', 'category', 'count'] : ['cell', 'count'];
  return ['x', 'y', ...(header.color ? ['color'] : []), ...(header.size ? ['size'] : [])];
}

/** A plot as the webview gets it: its header and its batches. */
export interface SentPlot {
  /** Of an aggregated plot: the query of a part of it in more detail. */
  readonly detailSql?: FinishedPlan['detailSql'];
  readonly header: PlotHeader;
  readonly batches: readonly Uint8Array[];
}

/** Plans a plot of a file of vega-datasets with DuckDB, as the extension does. */
export async function plotOfFile(
  duckdb: ReferenceDuckdb,
  { file, sql, spec }: GalleryPlot,
  size: { readonly widthPx: number },
): Promise<SentPlot> {
  const reader = readerOf(fromRepository('node_modules', 'vega-datasets', 'data', file));
  return plotOfRelation(duckdb, sql === undefined ? reader : `(WITH data AS (FROM ${reader}) ${sql})`, spec, size);
}

/** The same of any relation. @param options.maxColumnRows Relations of more rows are aggregated by DuckDB. */
export async function plotOfRelation(
  duckdb: ReferenceDuckdb,
  relation: string,
  spec: PlotSpec,
  options: { readonly widthPx: number; readonly maxColumnRows?: number },
): Promise<SentPlot> {
  const { plan, rows } = await runPlot(duckdb, await plotData(duckdb, relation), spec, options);
  const header = { ...plan.header, streamId: 'gallery' } as PlotHeader;
  return { header, batches: [ipcOf(columnNames(plan.header), rows)], detailSql: plan.detailSql };
}

/** Rows of codes as an Arrow IPC stream. */
export function ipcOf(names: readonly string[], rows: readonly (readonly number[])[]): Uint8Array {
  const columns = names.map((name, index) => [name, Uint32Array.from(rows, (row) => row[index] ?? 0)] as const);
  return tableToIPC(tableFromArrays(Object.fromEntries(columns)), 'stream');
}
