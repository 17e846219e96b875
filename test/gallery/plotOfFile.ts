import { tableFromArrays, tableToIPC } from 'apache-arrow';
import type { PlotHeader } from '#common/plot/plotData';
import { plotData, runPlot } from '../unit/query/plotCase.ts';
import { readerOf, type ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { fromRepository } from '../../extension/build/paths.ts';
import type { GalleryPlot } from './galleryPlots.ts';

const COLUMN_NAMES: Readonly<Record<string, readonly string[]>> = {
  histogram: ['x'],
  scatter: ['x', 'y', 'color', 'size'],
  line: ['x', 'y', 'series'],
  bars: ['category', 'count'],
  groups: ['category', 'count'],
};

/** A plot as the webview gets it: its header and its batches. */
export interface SentPlot {
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
  const relation = sql === undefined ? reader : `(WITH data AS (FROM ${reader}) ${sql})`;
  const { plan, rows } = await runPlot(duckdb, await plotData(duckdb, relation), spec, size);
  const names = COLUMN_NAMES[plan.header.plotKind] ?? [];
  const width = rows[0]?.length ?? names.length;
  const columns = names
    .slice(0, width)
    .map((name, index) => [name, Uint32Array.from(rows, (row) => row[index] ?? 0)] as const);
  const header = { ...plan.header, streamId: 'gallery' } as PlotHeader;
  return { header, batches: [tableToIPC(tableFromArrays(Object.fromEntries(columns)), 'stream')] };
}
