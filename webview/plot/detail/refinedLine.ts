import type { LineStretch } from '#common/plot/lineStretch';
import { columnOf, joinColumn, type PlotBatch } from '../plotBatch.ts';

const COLUMNS = ['x', 'y', 'series'] as const;

/**
 * A line with rows of a stretch in the place of those that it had there; both in drawing order, by series and x.
 * @param cells Codes [low, high) of the x axis that the rows of the stretch stand for.
 */
export function refinedLine(
  whole: readonly PlotBatch[],
  stretch: PlotBatch,
  { low, high }: Pick<LineStretch, 'low' | 'high'>,
): PlotBatch {
  const [x, y, series] = COLUMNS.map((name) => joinColumn(whole, name));
  const finer = COLUMNS.map((name) => columnOf(stretch, name));
  if (!x || !y || !series) return stretch;
  const joined = COLUMNS.map(() => new Uint32Array(x.length + stretch.rowCount));
  let [row, finerRow, rowCount] = [0, 0, 0];
  const take = (from: readonly (Uint32Array | undefined)[], index: number) => {
    joined.forEach((column, place) => (column[rowCount] = from[place]?.[index] ?? 0));
    rowCount += 1;
  };
  const isOf = (column: Uint32Array | undefined, index: number, wanted: number) => column?.[index] === wanted;
  const last = Math.max(series.at(-1) ?? 0, finer[2]?.at(-1) ?? 0);
  for (let each = 0; each <= last; each += 1) {
    for (; isOf(series, row, each) && (x[row] ?? 0) < low; row += 1) take([x, y, series], row);
    for (; isOf(finer[2], finerRow, each); finerRow += 1) take(finer, finerRow);
    for (; isOf(series, row, each); row += 1) if ((x[row] ?? 0) >= high) take([x, y, series], row);
  }
  const columns = COLUMNS.map((name, place) => [name, joined[place]?.slice(0, rowCount)] as const);
  return { rowCount, columns: Object.fromEntries(columns) as PlotBatch['columns'] };
}
