import { densityGrid } from '#common/plot/densityGrid';
import { axisOf, planAtOnce, sharedHeader, sourceOf, strategyOf } from './planParts.ts';
import type { PlotPlan, PlotRequest } from './plotPlan.ts';
import { scatterColumnsSql, scatterGridSql } from './scatterSql.ts';

/** Plans points or cells of two fields. */
export function planScatter(request: PlotRequest): PlotPlan {
  return planAtOnce(() => {
    const source = sourceOf(request);
    const strategy = strategyOf(request);
    const x = axisOf(request, source, 'x');
    const y = axisOf(request, source, 'y');
    const grid = densityGrid(request.size.widthPx, request.size.heightPx);
    const sql = strategy === 'columns' ? scatterColumnsSql(source, x, y) : scatterGridSql(source, x, y, grid);
    const header = { ...sharedHeader(request, 'scatter', strategy), strategy, x: x.header, y: y.header, grid };
    return { header, sql };
  });
}
