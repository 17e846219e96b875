import { FIXED_NULL, type DensityGrid } from '#common/plot/plotData';
import type { FieldSource } from './fieldSource.ts';
import type { PlannedAxis } from './plannedAxis.ts';

/** Further columns of a scatter by name: SQL of UINTEGER codes, `FIXED_NULL` where a row has no value. */
export interface ScatterExtras {
  readonly color?: { readonly code: string; readonly isCategory: boolean };
  readonly size?: { readonly code: string };
}

/** Every row's codes as columns `x` and `y`, and `color` and `size` where asked; a value without a place is `FIXED_NULL`. */
export function scatterColumnsSql(
  source: FieldSource,
  x: PlannedAxis,
  y: PlannedAxis,
  { color, size }: ScatterExtras = {},
): string {
  const extras = [...(color ? [`${color.code} AS color`] : []), ...(size ? [`${size.code} AS size`] : [])];
  return `SELECT ${[`${x.codeOrNull} AS x`, `${y.codeOrNull} AS y`, ...extras].join(', ')} FROM ${source.from}`;
}

/**
 * Rows per cell as columns `cell` and `count`, empty cells left out: exactly what counting the codes gives.
 * With a colour instead `x`, `y` (the middle of a cell), `color` (its most common category, or the mean of its codes),
 * `category` 0 and `count`.
 */
export function scatterGridSql(
  source: FieldSource,
  x: PlannedAxis,
  y: PlannedAxis,
  grid: DensityGrid,
  { color }: ScatterExtras = {},
): string {
  const row = `CAST(${y.code} >> ${grid.shiftY} AS USMALLINT)`;
  const column = `CAST(${x.code} >> ${grid.shiftX} AS USMALLINT)`;
  const colored = color ? `, ${color.code} AS color` : '';
  const cells = `SELECT ${row} AS grid_row, ${column} AS grid_column${colored} FROM ${source.from} WHERE ${x.isPlaced} AND ${y.isPlaced}`;
  const common = color?.isCategory ? 'mode(color)' : `avg(color) FILTER (color <> ${FIXED_NULL})`;
  const cellColor = color ? `, coalesce(CAST(${common} AS UINTEGER), ${FIXED_NULL}::UINTEGER) AS color` : '';
  const counts = `SELECT grid_row, grid_column, count(*) AS count${cellColor} FROM (${cells}) GROUP BY grid_row, grid_column`;
  if (color) return coloredCellsSql(counts, grid);
  const cell = `CAST(grid_row AS UINTEGER) * ${grid.columns} + grid_column`;
  return `SELECT CAST(${cell} AS UINTEGER) AS cell, CAST(count AS UINTEGER) AS count FROM (${counts})`;
}

function coloredCellsSql(counts: string, { shiftX, shiftY }: DensityGrid): string {
  const middle = (name: string, shift: number) =>
    `CAST(CAST(${name} AS UBIGINT) * ${2 ** shift} + ${2 ** (shift - 1)} AS UINTEGER)`;
  const places = `${middle('grid_column', shiftX)} AS x, ${middle('grid_row', shiftY)} AS y`;
  return `SELECT ${places}, color, 0::UINTEGER AS category, CAST(count AS UINTEGER) AS count FROM (${counts})`;
}
