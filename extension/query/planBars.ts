import type { CategoryAxis } from '#common/plot/plotData';
import { channelTitle } from '#common/plot/plotTitle';
import { categoriesSql, readCategories } from './categoriesSql.ts';
import { sharedHeader, sourceOf } from './planParts.ts';
import type { FinishedPlan, PlotPlan, PlotRequest } from './plotPlan.ts';

const BAR_PX = 20;
const MIN_BARS = 10;
const MAX_BARS = 50;

/** Plans rows per category of one field; the rare ones are put together as *other*. */
export function planBars(request: PlotRequest): PlotPlan {
  const maxCategories = Math.min(MAX_BARS, Math.max(MIN_BARS, Math.floor(request.size.widthPx / BAR_PX)));
  return {
    categoriesSql: categoriesSql(sourceOf(request), request.spec.x?.field ?? '', maxCategories),
    maxCategories,
    finish: (rows) => finishBars(request, rows),
  };
}

function finishBars(request: PlotRequest, rows: readonly Readonly<Record<string, unknown>>[]): FinishedPlan {
  const { spec, stats } = request;
  const { shown, totalCount } = readCategories(rows);
  const otherCount = totalCount - shown.length;
  const shownRows = shown.reduce((sum, { count }) => sum + count, 0);
  const bars = otherCount > 0 ? [...shown, { name: 'other', count: stats.rowCount - shownRows }] : shown;
  const x: CategoryAxis = {
    kind: 'nominal',
    field: spec.x?.field ?? '',
    title: channelTitle(spec.x),
    categories: bars.map(({ name }) => name),
    otherCount,
  };
  const y = { kind: 'count', title: spec.y?.title ?? 'Rows' } as const;
  const header = { ...sharedHeader(request, 'bars', 'aggregate'), strategy: 'aggregate' as const, x, y };
  return { header, sql: barsSql(bars.map(({ count }) => count)) };
}

/** The counts are known by now, so they are not counted again. */
function barsSql(counts: readonly number[]): string {
  const list = (values: readonly number[]) => `unnest([${values.join(', ')}]::UINTEGER[])`;
  return `SELECT ${list(counts.map((_, index) => index))} AS category, ${list(counts)} AS count`;
}
