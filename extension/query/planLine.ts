import { PikaError } from '#common/base/pikaError';
import { channelTitle } from '#common/plot/plotTitle';
import { categoriesSql, categoryCodeSql, readCategories, type Categories } from './categoriesSql.ts';
import { lineColumnsSql, lineExtremesSql, lineStretchSql } from './lineSql.ts';
import { axisOf, planAtOnce, sharedHeader, sourceOf, strategyOf } from './planParts.ts';
import type { FinishedPlan, PlotPlan, PlotRequest } from './plotPlan.ts';

const CODE_BITS = 32;
const MAX_CELL_BITS = 11;

/** More lines than this cannot be told apart: two of each colour. */
const MAX_SERIES = 48;

/** Plans one line, or one for each value of the colour field. */
export function planLine(request: PlotRequest): PlotPlan {
  const { color } = request.spec;
  const field = color?.field;
  if (field === undefined) return planAtOnce(() => finishLine(request, null));
  return {
    categoriesSql: categoriesSql(sourceOf(request), field, MAX_SERIES),
    maxCategories: MAX_SERIES,
    finish: (rows) => finishLine(request, requireFewSeries(field, readCategories(rows))),
  };
}

function requireFewSeries(field: string, categories: Categories): Categories {
  if (categories.totalCount <= MAX_SERIES) return categories;
  const message = `${field} has ${categories.totalCount} different values, and a plot shows at most ${MAX_SERIES} lines.`;
  throw new PikaError('plot-impossible', message, { hint: 'Choose another colour field, or none.' });
}

function finishLine(request: PlotRequest, categories: Categories | null): FinishedPlan {
  const { spec, size } = request;
  const source = sourceOf(request);
  const x = axisOf(request, source, 'x');
  const y = axisOf(request, source, 'y');
  const cellBits = Math.min(MAX_CELL_BITS, Math.ceil(Math.log2(Math.max(2, size.widthPx))));
  const strategy = strategyOf(request);
  const series = categories ? categoryCodeSql(source, spec.color?.field ?? '', categories.shown) : '0::USMALLINT';
  const parts = { source, x, y, series };
  const cellShift = CODE_BITS - cellBits;
  const header = {
    ...sharedHeader(request, 'line', strategy),
    strategy,
    x: x.header,
    y: y.header,
    series: categories ? categories.shown.map(({ name }) => name) : [null],
    seriesTitle: categories ? channelTitle(spec.color) : null,
  };
  if (strategy === 'columns') return { header, sql: lineColumnsSql(parts) };
  return {
    header: { ...header, cellShift },
    sql: lineExtremesSql(parts, cellShift),
    detailSql: (question) => (question.kind === 'line' ? lineStretchSql(parts, question.stretch, cellShift) : null),
  };
}
