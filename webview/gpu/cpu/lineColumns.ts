import { FIXED_NULL } from '#common/plot/plotData';
import { FAN_OUT, NO_ROW, pyramidLevels, ROWS_PER_COLUMN, WORDS_PER_NODE, type PyramidLevel } from '../linePyramid.ts';
import { rowAt, type LineRows } from '../lineRows.ts';
import { addRow, joinPoints, pointsAt, type LinePoints } from './linePyramid.ts';

/** A line and the pyramid over it. */
export interface PyramidLine extends LineRows {
  readonly nodes: Uint32Array;
}

/**
 * A line as thin as a window needs it: of every column of pixels the first, lowest, highest and last point of each series.
 * Five rows a column: a gap where the line does not come in from the row before, then the points in their order; a column
 * without points repeats the point before it. Gaps inside one column are not seen. Twin of shaders/lineColumns.wgsl.
 * @param edges Code at which every column begins, and the one at which the last ends.
 * @returns Rows in drawing order; before and after the columns of a series stand the nearest points outside of them.
 */
export function lineColumns(line: PyramidLine, edges: Uint32Array, seriesCount: number): LineRows {
  const levels = pyramidLevels(line.y.length);
  const columnsOfSeries = edges.length + 1;
  const length = seriesCount * columnsOfSeries * ROWS_PER_COLUMN;
  const thin = { x: new Uint32Array(length), y: new Uint32Array(length), series: new Uint32Array(length) };
  const points = new Uint32Array(WORDS_PER_NODE);
  for (let item = 0; item < seriesCount * columnsOfSeries; item += 1) {
    const series = Math.floor(item / columnsOfSeries);
    const column = item % columnsOfSeries;
    findPoints(line, levels, edges, { column, series }, points);
    const [first = NO_ROW, lowest = NO_ROW, highest = NO_ROW, last = NO_ROW] = points;
    const isRepeated = column > 0 && (line.x[first] ?? FIXED_NULL) < (edges[column - 1] ?? 0);
    const isJoined = first !== NO_ROW && (isRepeated || isPoint(line, first - 1, series));
    const rows = [isJoined ? first : NO_ROW, first, Math.min(lowest, highest), Math.max(lowest, highest), last];
    for (let index = 0; index < ROWS_PER_COLUMN; index += 1) {
      const place = item * ROWS_PER_COLUMN + index;
      const row = rows[index] ?? NO_ROW;
      thin.x[place] = row === NO_ROW ? 0 : (line.x[row] ?? 0);
      thin.y[place] = row === NO_ROW ? FIXED_NULL : (line.y[row] ?? FIXED_NULL);
      thin.series[place] = series;
    }
  }
  return thin;
}

/** Column 0 stands for what is before the others, the one after the last for what comes then. */
interface ColumnOfSeries {
  readonly column: number;
  readonly series: number;
}

function findPoints(
  line: PyramidLine,
  levels: readonly PyramidLevel[],
  edges: Uint32Array,
  { column, series }: ColumnOfSeries,
  points: LinePoints,
): void {
  points.fill(NO_ROW);
  const edge = (index: number) => rowAt(line, series, edges[index] ?? 0);
  if (column === 0) {
    takePoint(line, edge(0) - 1, series, points);
    return;
  }
  const first = edge(column - 1);
  if (column === edges.length) {
    takePoint(line, first, series, points);
    return;
  }
  const end = edge(column);
  if (first === end) takePoint(line, first - 1, series, points);
  else addPointsBetween(line, levels, first, end, points);
}

function takePoint(line: LineRows, row: number, series: number, points: LinePoints): void {
  if (isPoint(line, row, series)) points.fill(row);
}

function isPoint({ y, series }: LineRows, row: number, ofSeries: number): boolean {
  return row >= 0 && row < y.length && series[row] === ofSeries && y[row] !== FIXED_NULL;
}

/** Adds the points of rows [first, end), by the largest nodes that lie inside. */
function addPointsBetween(
  { y, nodes }: PyramidLine,
  levels: readonly PyramidLevel[],
  first: number,
  end: number,
  points: LinePoints,
): void {
  for (let row = first; row < end;) {
    let level = 0;
    let rows = 1;
    while (level < levels.length && row % (rows * FAN_OUT) === 0 && row + rows * FAN_OUT <= end) {
      rows *= FAN_OUT;
      level += 1;
    }
    const found = levels[level - 1];
    if (found) joinPoints(points, pointsAt(nodes, found.firstNode + row / rows), y);
    else addRow(points, row, y);
    row += rows;
  }
}
