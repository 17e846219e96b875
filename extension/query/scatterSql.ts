import type { DensityGrid } from '#common/plot/plotData';
import type { FieldSource } from './fieldSource.ts';
import type { PlannedAxis } from './plannedAxis.ts';

/** Every row's codes as columns `x` and `y`; a value without a place is `FIXED_NULL`. */
export function scatterColumnsSql(source: FieldSource, x: PlannedAxis, y: PlannedAxis): string {
  return `SELECT ${x.codeOrNull} AS x, ${y.codeOrNull} AS y FROM ${source.from}`;
}

/** Rows per cell as columns `cell` and `count`, empty cells left out: exactly what counting the codes gives. */
export function scatterGridSql(source: FieldSource, x: PlannedAxis, y: PlannedAxis, grid: DensityGrid): string {
  const row = `CAST(${y.code} >> ${grid.shiftY} AS USMALLINT)`;
  const column = `CAST(${x.code} >> ${grid.shiftX} AS USMALLINT)`;
  const cells = `SELECT ${row} AS grid_row, ${column} AS grid_column FROM ${source.from} WHERE ${x.isPlaced} AND ${y.isPlaced}`;
  const counts = `SELECT grid_row, grid_column, count(*) AS count FROM (${cells}) GROUP BY grid_row, grid_column`;
  const cell = `CAST(grid_row AS UINTEGER) * ${grid.columns} + grid_column`;
  return `SELECT CAST(${cell} AS UINTEGER) AS cell, CAST(count AS UINTEGER) AS count FROM (${counts})`;
}
