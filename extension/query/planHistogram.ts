import { chooseEdges } from '#common/plot/chooseEdges';
import { edgeCodes } from '#common/plot/fixedPoint';
import { histogramBinsSql, histogramColumnsSql } from './histogramSql.ts';
import { axisOf, planAtOnce, sharedHeader, sourceOf, strategyOf } from './planParts.ts';
import type { PlotPlan, PlotRequest } from './plotPlan.ts';

/** Plans rows per bin of one field. */
export function planHistogram(request: PlotRequest): PlotPlan {
  return planAtOnce(() => {
    const source = sourceOf(request);
    const strategy = strategyOf(request);
    const x = axisOf(request, source, 'x');
    const edges = chooseEdges(x.header, request.spec.x ?? {});
    const y = { kind: 'count', title: request.spec.y?.title ?? 'Rows' } as const;
    const header = { ...sharedHeader(request, 'histogram', strategy), strategy, x: x.header, y, edges };
    if (strategy === 'columns') return { header, sql: histogramColumnsSql(source, x) };
    return {
      header,
      sql: histogramBinsSql(source, x, edgeCodes(edges, x.header)),
      detailSql: (question) =>
        question.kind === 'bins' ? histogramBinsSql(source, x, Uint32Array.from(question.thresholds)) : null,
    };
  });
}
