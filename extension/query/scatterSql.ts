import { FIXED_NULL, type DensityGrid } from '#common/plot/plotData';
import type { FieldSource } from './fieldSource.ts';
import type { PlannedAxis } from './plannedAxis.ts';

/** Codes in a word, and one. */
const WORD = 4_294_967_296;

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

/**
 * Figures of a third column per cell as columns `cell`, `count`, `low`, `high`, `above` and `below`, the words of
 * webview/gpu/valueFigures.ts, cells without rows left out: exactly what adding up the codes gives.
 * @param value SQL of UINTEGER codes; rows whose code is FIXED_NULL are left out.
 */
export function scatterFiguresSql(
  source: FieldSource,
  x: PlannedAxis,
  y: PlannedAxis,
  grid: DensityGrid,
  value: string,
): string {
  const row = `CAST(${y.code} >> ${grid.shiftY} AS USMALLINT)`;
  const column = `CAST(${x.code} >> ${grid.shiftX} AS USMALLINT)`;
  const rows = `SELECT ${row} AS grid_row, ${column} AS grid_column, ${value} AS code FROM ${source.from} WHERE ${x.isPlaced} AND ${y.isPlaced}`;
  const figures = `count(*) AS count, sum(code) AS total, max(code) AS most, min(code) AS least`;
  const cells = `SELECT grid_row, grid_column, ${figures} FROM (${rows}) WHERE code <> ${FIXED_NULL} GROUP BY grid_row, grid_column`;
  const words = {
    cell: `CAST(grid_row AS UINTEGER) * ${grid.columns} + grid_column`,
    count: 'count',
    low: `total % ${WORD}`,
    high: `total // ${WORD}`,
    above: 'most + 1',
    below: `${FIXED_NULL} - least`,
  };
  const columns = Object.entries(words).map(([name, word]) => `CAST(${word} AS UINTEGER) AS ${name}`);
  return `SELECT ${columns.join(', ')} FROM (${cells})`;
}

function coloredCellsSql(counts: string, { shiftX, shiftY }: DensityGrid): string {
  const middle = (name: string, shift: number) =>
    `CAST(CAST(${name} AS UBIGINT) * ${2 ** shift} + ${2 ** (shift - 1)} AS UINTEGER)`;
  const places = `${middle('grid_column', shiftX)} AS x, ${middle('grid_row', shiftY)} AS y`;
  return `SELECT ${places}, color, 0::UINTEGER AS category, CAST(count AS UINTEGER) AS count FROM (${counts})`;
}
