import { tableFromArrays, tableToIPC } from 'apache-arrow';
import type { PlotHeader } from '#common/plot/plotData';
import { plotData, runPlot } from '../unit/query/plotCase.ts';
import { readerOf, type ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { fromRepository } from '../../extension/build/paths.ts';
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
  const names = columnNames(plan.header);
  const columns = names.map((name, index) => [name, Uint32Array.from(rows, (row) => row[index] ?? 0)] as const);
  const header = { ...plan.header, streamId: 'gallery' } as PlotHeader;
  return { header, batches: [tableToIPC(tableFromArrays(Object.fromEntries(columns)), 'stream')] };
}
