import { cellsAround, type LineStretch } from '#common/plot/lineStretch';
import type { FieldSource } from './fieldSource.ts';
import type { PlannedAxis } from './plannedAxis.ts';

/** What a line is drawn from; `series` is SQL of a USMALLINT code. */
export interface LineParts {
  readonly source: FieldSource;
  readonly x: PlannedAxis;
  readonly y: PlannedAxis;
  readonly series: string;
}

/** Every row with an x, in drawing order, as columns `x`, `y` and `series`; a row without y is a gap. */
export function lineColumnsSql({ source, x, y, series }: LineParts): string {
  const codes = `SELECT ${x.code} AS x, ${y.codeOrNull} AS y, ${series} AS series FROM ${source.from} WHERE ${x.isPlaced}`;
  return `SELECT x, y, series FROM (${codes}) ORDER BY series, x`;
}

/**
 * First, last, lowest and highest row of each series and x cell (M4) in drawing order, as columns `x`, `y` and `series`:
 * no spike is lost, and the picture at one cell a pixel column is that of all rows.
 * @param shift Code bits dropped from x.
 */
export function lineExtremesSql(parts: LineParts, shift: number): string {
  const cell = `CAST(${parts.x.code} >> ${shift} AS USMALLINT)`;
  return extremesSql(parts, cell, 'true');
}

/**
 * The same for the cells of a line of cells of `cellShift` that a stretch lies in: its own ones are finer, and what lies
 * beside it in the outermost of the line's cells is a cell of its own, so that no spike is lost there either.
 */
export function lineStretchSql(parts: LineParts, stretch: LineStretch, cellShift: number): string {
  const { low, high, shift } = stretch;
  const around = cellsAround(stretch, cellShift);
  const code = `CAST(${parts.x.code} AS BIGINT)`;
  const cell = `CASE WHEN ${code} < ${low} THEN 0 WHEN ${code} >= ${high} THEN 1 ELSE 2 + ((${code} - ${low}) >> ${shift}) END`;
  return extremesSql(parts, cell, `${code} >= ${around.low} AND ${code} < ${around.high}`);
}

function extremesSql({ source, x, y, series }: LineParts, cell: string, isWanted: string): string {
  const isPlaced = `${x.isPlaced} AND ${y.isPlaced} AND ${isWanted}`;
  const values = `SELECT ${x.column} AS x, ${y.column} AS y, ${series} AS series, ${cell} AS cell FROM ${source.from} WHERE ${isPlaced}`;
  const extremes = `SELECT series, min(x) AS x1, arg_min(y, x) AS y1, arg_min(x, y) AS x2, min(y) AS y2, arg_max(x, y) AS x3, max(y) AS y3, max(x) AS x4, arg_max(y, x) AS y4 FROM (${values}) GROUP BY series, cell`;
  const points = [1, 2, 3, 4].map(
    (index) => `SELECT ${x.codeOf(`x${index}`)} AS x, ${y.codeOf(`y${index}`)} AS y, series FROM extremes`,
  );
  return `WITH extremes AS MATERIALIZED (${extremes}) SELECT DISTINCT x, y, series FROM (${points.join(' UNION ALL ')}) ORDER BY series, x`;
}
