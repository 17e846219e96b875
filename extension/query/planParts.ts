import type { Fidelity } from '#common/plot/plotData';
import type { Channel, PlotKind } from '#common/plot/plotSpec';
import { plotTitle } from '#common/plot/plotTitle';
import { fieldSource, type FieldSource } from './fieldSource.ts';
import { planAxis, type PlannedAxis } from './plannedAxis.ts';
import type { FinishedPlan, PlotPlan, PlotRequest } from './plotPlan.ts';
import type { AxisStats, StatsName } from './statsSql.ts';

const NO_STATS: AxisStats = {
  finiteCount: 0,
  nullCount: 0,
  infiniteCount: 0,
  domain: [0, 0],
  codeDomain: [0, 0],
  unit: 0,
};

/** The fields of a header that every kind of plot has. */
export function sharedHeader<K extends PlotKind>(request: PlotRequest, plotKind: K, strategy: 'columns' | 'aggregate') {
  const { spec, stats, sampledOneIn } = request;
  const whole: Fidelity = strategy === 'columns' ? 'exact' : 'aggregated';
  const fidelity: Fidelity = sampledOneIn > 1 ? 'sampled' : whole;
  const { rowCount, drawableCount } = stats;
  const scheme = spec.color?.scale?.scheme;
  const shared = { plotKind, title: plotTitle(spec, plotKind), fidelity, sampledOneIn, rowCount, drawableCount };
  return scheme === undefined ? shared : { ...shared, scheme };
}

/** The columns that a spec's channels read. */
export function sourceOf({ relation, columns, spec }: PlotRequest): FieldSource {
  const fields = [spec.x, spec.y, spec.color, spec.size]
    .map((channel) => channel?.field)
    .filter((field) => field !== undefined);
  return fieldSource(relation, columns, fields);
}

/** One continuous axis of the request. @param hasCells Whether its codes are counted in cells. */
export function axisOf(request: PlotRequest, source: FieldSource, name: StatsName, hasCells = false): PlannedAxis {
  const channel: Channel = request.spec[name] ?? {};
  return planAxis(channel, source, request.stats[name] ?? NO_STATS, { timeZone: request.timeZone, hasCells });
}

/** Whether the columns themselves are shipped, or DuckDB's aggregate of them. */
export function strategyOf({ stats, maxColumnRows }: PlotRequest): 'columns' | 'aggregate' {
  return stats.rowCount <= maxColumnRows ? 'columns' : 'aggregate';
}

/** A plan that needs no categories. */
export function planAtOnce(finish: () => FinishedPlan): PlotPlan {
  return { categoriesSql: null, maxCategories: 0, finish };
}
