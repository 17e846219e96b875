import { cellAggregate } from '#common/plot/cellAggregate';
import type { CellGrid } from '#common/plot/cellGrid';
import { densityGrid } from '#common/plot/densityGrid';
import type { DetailQuestion } from '#common/plot/detailQuestion';
import { fieldKind } from '#common/plot/fieldKind';
import { isCategory } from '#common/plot/groupsForm';
import type { CategoryAxis, ColorKey, ContinuousAxis } from '#common/plot/plotData';
import { aggregateTitle, channelTitle } from '#common/plot/plotTitle';
import { hasFewPoints } from '#common/plot/scatterForm';
import { categoriesSql, categoryCodeSql, readCategories, type Categories } from './categoriesSql.ts';
import { axisOf, planAtOnce, sharedHeader, sourceOf, strategyOf } from './planParts.ts';
import type { FinishedPlan, PlotPlan, PlotRequest } from './plotPlan.ts';
import {
  scatterColumnsSql,
  scatterFiguresSql,
  scatterGridSql,
  scatterRowsSql,
  type ScatterExtras,
} from './scatterSql.ts';

/** More colours than this cannot be told apart; the rarer categories share one. */
const MOST_COLORS = 9;

/** Plans points or cells of two fields, coloured by a category or a number, and sized by a number. */
export function planScatter(request: PlotRequest): PlotPlan {
  const field = categoryField(request);
  if (field === null) return planAtOnce(() => finishScatter(request, null));
  return {
    categoriesSql: categoriesSql(sourceOf(request), field, MOST_COLORS),
    maxCategories: MOST_COLORS,
    finish: (rows) => finishScatter(request, readCategories(rows)),
  };
}

function categoryField(request: PlotRequest): string | null {
  const { color } = request.spec;
  if (color?.field === undefined) return null;
  const kind = fieldKind(sourceOf(request).read(color.field).column.type);
  const isNumber = kind === 'quantitative' || kind === 'temporal';
  return isNumber && !isCategory(color) ? null : color.field;
}

function finishScatter(request: PlotRequest, categories: Categories | null): FinishedPlan {
  const { spec, size } = request;
  const source = sourceOf(request);
  const strategy = strategyOf(request);
  const cellValue = cellAggregate(spec);
  const hasStyle = cellValue === null && (spec.color?.field ?? spec.size?.field) !== undefined;
  const { drawableCount } = request.stats;
  const hasCells = strategy === 'aggregate' || !(hasStyle || hasFewPoints({ strategy, drawableCount }));
  const x = axisOf(request, source, 'x', hasCells);
  const y = axisOf(request, source, 'y', hasCells);
  const grid = densityGrid(size.widthPx, size.heightPx, x.header, y.header);
  const extras: { -readonly [K in keyof ScatterExtras]: ScatterExtras[K] } = {};
  const keys: { color?: ColorKey; size?: ContinuousAxis; sizeLeftOut?: string } = {};
  if (categories && spec.color?.field !== undefined) {
    const code = `CAST(${categoryCodeSql(source, spec.color.field, categories.shown)} AS UINTEGER)`;
    extras.color = { code, isCategory: true };
    keys.color = colorCategories(request, categories);
  } else if (spec.color?.field !== undefined) {
    const axis = axisOf(request, source, 'color');
    extras.color = { code: axis.codeOrNull, isCategory: false };
    keys.color = cellValue ? { ...axis.header, title: aggregateTitle(spec.color, cellValue) } : axis.header;
  }
  if (spec.size?.field !== undefined && strategy === 'columns') {
    const axis = axisOf(request, source, 'size');
    extras.size = { code: axis.codeOrNull };
    keys.size = axis.header;
  } else if (spec.size?.field !== undefined) {
    keys.sizeLeftOut = channelTitle(spec.size);
  }
  const aggregated = (cells: CellGrid) =>
    cellValue && extras.color
      ? scatterFiguresSql(source, x, y, cells, extras.color.code)
      : scatterGridSql(source, x, y, cells, extras);
  const header = {
    ...sharedHeader(request, 'scatter', strategy),
    strategy,
    x: x.header,
    y: y.header,
    grid,
    ...keys,
    ...(cellValue ? { cellValue } : {}),
  };
  if (strategy === 'columns') return { header, sql: scatterColumnsSql(source, x, y, extras) };
  const detailSql = (question: DetailQuestion) => {
    if (question.kind === 'cells') return aggregated(question.grid);
    return question.kind === 'rows' ? scatterRowsSql(source, x, y, question.grid, extras) : null;
  };
  return { header, sql: aggregated(grid), detailSql };
}

function colorCategories({ spec }: PlotRequest, { shown, totalCount }: Categories): CategoryAxis {
  const otherCount = totalCount - shown.length;
  const names = shown.map(({ name }) => name);
  return {
    kind: 'nominal',
    field: spec.color?.field ?? '',
    title: channelTitle(spec.color),
    categories: otherCount > 0 ? [...names, 'other'] : names,
    otherCount,
  };
}
