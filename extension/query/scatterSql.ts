import type { CellGrid } from '#common/plot/cellGrid';
import { FIXED_NULL } from '#common/plot/plotData';
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
  extras: ScatterExtras = {},
): string {
  return `SELECT ${[`${x.codeOrNull} AS x`, `${y.codeOrNull} AS y`, ...extraColumns(extras)].join(', ')} FROM ${source.from}`;
}

/** The same of the rows that lie in the cells of a grid. */
export function scatterRowsSql(
  source: FieldSource,
  x: PlannedAxis,
  y: PlannedAxis,
  grid: CellGrid,
  extras: ScatterExtras = {},
): string {
  const columns = [`${x.code} AS x`, `${y.code} AS y`, ...extraColumns(extras)].join(', ');
  const rows = `SELECT ${columns} FROM ${source.from} WHERE ${x.isPlaced} AND ${y.isPlaced}`;
  const { firstColumn = 0, firstRow = 0 } = grid;
  const isInside = [
    ...isWithin('x', firstColumn * 2 ** grid.shiftX, (firstColumn + grid.columns) * 2 ** grid.shiftX),
    ...isWithin('y', firstRow * 2 ** grid.shiftY, (firstRow + grid.rows) * 2 ** grid.shiftY),
  ];
  return isInside.length === 0 ? rows : `SELECT * FROM (${rows}) WHERE ${isInside.join(' AND ')}`;
}

/**
 * Rows per cell as columns `cell` and `count`, empty cells left out: exactly what counting the codes gives.
 * With a colour instead `x`, `y` (the middle of a cell), `color` (its most common category, or the mean of its codes),
 * `category` 0 and `count`. Rows outside the grid are not counted.
 */
export function scatterGridSql(
  source: FieldSource,
  x: PlannedAxis,
  y: PlannedAxis,
  grid: CellGrid,
  { color }: ScatterExtras = {},
): string {
  const colored = color ? ['color'] : [];
  const rows = scatterRowsSql(source, x, y, grid, color ? { color } : {});
  const common = color?.isCategory ? 'mode(color)' : `avg(color) FILTER (color <> ${FIXED_NULL})`;
  const cellColor = color ? `, coalesce(CAST(${common} AS UINTEGER), ${FIXED_NULL}::UINTEGER) AS color` : '';
  const counts = `SELECT grid_row, grid_column, count(*) AS count${cellColor} FROM (${placedSql(rows, grid, colored)}) GROUP BY grid_row, grid_column`;
  if (color) return coloredCellsSql(counts, grid);
  return `SELECT CAST(${cellSql(grid)} AS UINTEGER) AS cell, CAST(count AS UINTEGER) AS count FROM (${counts})`;
}

/**
 * Figures of a third column per cell as columns `cell`, `count`, `low`, `high`, `above` and `below`, the words of
 * webview/gpu/valueFigures.ts, cells without rows left out: exactly what adding up the codes gives.
 * @param value SQL of UINTEGER codes; rows whose code is FIXED_NULL are left out, and those outside the grid.
 */
export function scatterFiguresSql(
  source: FieldSource,
  x: PlannedAxis,
  y: PlannedAxis,
  grid: CellGrid,
  value: string,
): string {
  const rows = scatterRowsSql(source, x, y, grid, { color: { code: value, isCategory: false } });
  const figures = `count(*) AS count, sum(color) AS total, max(color) AS most, min(color) AS least`;
  const cells = `SELECT grid_row, grid_column, ${figures} FROM (${placedSql(rows, grid, ['color'])}) WHERE color <> ${FIXED_NULL} GROUP BY grid_row, grid_column`;
  const words = {
    cell: cellSql(grid),
    count: 'count',
    low: `total % ${WORD}`,
    high: `total // ${WORD}`,
    above: 'most + 1',
    below: `${FIXED_NULL} - least`,
  };
  const columns = Object.entries(words).map(([name, word]) => `CAST(${word} AS UINTEGER) AS ${name}`);
  return `SELECT ${columns.join(', ')} FROM (${cells})`;
}

function extraColumns({ color, size }: ScatterExtras): readonly string[] {
  return [...(color ? [`${color.code} AS color`] : []), ...(size ? [`${size.code} AS size`] : [])];
}

/** Conditions of codes [low, high), none for a bound that every code is within. */
function isWithin(code: string, low: number, high: number): readonly string[] {
  return [...(low > 0 ? [`${code} >= ${low}`] : []), ...(high < WORD ? [`${code} < ${high}`] : [])];
}

/** Rows with their cell, as columns `grid_row` and `grid_column` from the grid's first ones on, and further ones. */
function placedSql(rows: string, grid: CellGrid, further: readonly string[]): string {
  const { firstColumn = 0, firstRow = 0 } = grid;
  const row = `CAST((y >> ${grid.shiftY}) - ${firstRow} AS USMALLINT) AS grid_row`;
  const column = `CAST((x >> ${grid.shiftX}) - ${firstColumn} AS USMALLINT) AS grid_column`;
  return `SELECT ${[row, column, ...further].join(', ')} FROM (${rows})`;
}

function cellSql({ columns }: CellGrid): string {
  return `CAST(grid_row AS UINTEGER) * ${columns} + grid_column`;
}

function coloredCellsSql(counts: string, { shiftX, shiftY, firstColumn = 0, firstRow = 0 }: CellGrid): string {
  const middle = (name: string, first: number, shift: number) =>
    `CAST((CAST(${name} AS UBIGINT) + ${first}) * ${2 ** shift} + ${Math.floor(2 ** (shift - 1))} AS UINTEGER)`;
  const places = `${middle('grid_column', firstColumn, shiftX)} AS x, ${middle('grid_row', firstRow, shiftY)} AS y`;
  return `SELECT ${places}, color, 0::UINTEGER AS category, CAST(count AS UINTEGER) AS count FROM (${counts})`;
}
