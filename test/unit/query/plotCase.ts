import { readStats, statsSql, type PlotStats } from '../../../extension/query/statsSql.ts';
import { planPlot } from '../../../extension/query/planPlot.ts';
import type { FinishedPlan } from '../../../extension/query/plotPlan.ts';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

/** A relation to plot, with its columns found by DuckDB. */
export interface PlotData {
  readonly relation: string;
  readonly columns: readonly ColumnInfo[];
}

/** Describes a relation. */
export async function plotData(duckdb: ReferenceDuckdb, relation: string): Promise<PlotData> {
  const rows = await duckdb.texts(`SELECT column_name, column_type FROM (DESCRIBE FROM ${relation})`);
  return { relation, columns: rows.map(([name, type]) => ({ name: name ?? '', type: type ?? '' })) };
}

/** The statistics of a plot. */
export async function plotStats(duckdb: ReferenceDuckdb, data: PlotData, spec: PlotSpec): Promise<PlotStats> {
  const [row] = await duckdb.rows(statsSql(data.relation, spec, data.columns));
  return readStats(row ?? {});
}

/** Runs a whole plan as the host does, and reads its batches. */
export async function runPlot(
  duckdb: ReferenceDuckdb,
  data: PlotData,
  spec: PlotSpec,
  options: {
    readonly maxColumnRows?: number;
    readonly widthPx?: number;
    readonly sampledOneIn?: number;
    readonly timeZone?: string;
  } = {},
): Promise<{ readonly stats: PlotStats; readonly plan: FinishedPlan; readonly rows: readonly (readonly number[])[] }> {
  const { maxColumnRows = 1e6, widthPx = 640, sampledOneIn = 1, timeZone = 'UTC' } = options;
  const stats = await plotStats(duckdb, data, spec);
  const size = { widthPx, heightPx: 400 };
  const request = { ...data, spec, stats, size, maxColumnRows, sampledOneIn, timeZone };
  const steps = planPlot(request);
  const plan = steps.finish(steps.categoriesSql ? await duckdb.rows(steps.categoriesSql) : []);
  const rows = await duckdb.texts(plan.sql);
  return { stats, plan, rows: rows.map((row) => row.map(Number)) };
}

/** The values of a column as DuckDB turns them into DOUBLE; null for null. */
export async function doublesOf(duckdb: ReferenceDuckdb, sql: string): Promise<(number | null)[]> {
  const rows = await duckdb.texts(sql);
  return rows.map(([text]) => (text == null ? null : numberOfText(text)));
}

function numberOfText(text: string): number {
  const special: Readonly<Record<string, number>> = { inf: Infinity, '-inf': -Infinity, nan: NaN };
  return special[text] ?? Number(text);
}
