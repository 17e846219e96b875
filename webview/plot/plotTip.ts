import type { EvenValues } from '#common/plot/evenValues';
import { valueOf } from '#common/plot/fixedPoint';
import {
  FIXED_NULL,
  type ColorKey,
  type ContinuousAxis,
  type PlotHeader,
  type ScatterHeader,
} from '#common/plot/plotData';
import { formatCount, formatShare, formatValue, resolutionOf } from './axes/formatValue.ts';
import { groupTip } from './groups/groupTip.ts';
import { numberOfWord } from './cellCounts.ts';
import { cellValueOf } from './cellPlan.ts';
import { cellAxes, cellsOfPixel, type CellSpan } from './pixelCells.ts';
import { pixelFromCodes } from './canvas/pixelFromCodes.ts';
import type { PixelRect, PlotFrame, Pointer } from './plotFrame.ts';
import { barRanges, surfaceFrame } from './plotScene.ts';
import { seriesName } from './seriesName.ts';
import { nearValue } from './tip/nearValue.ts';
import type { PointPlace } from './tip/usePointRow.ts';
import type { PickedRow } from './plotRenderer.ts';
import type { ShownCounts } from './plotSession.ts';

/** What the pointer is on: a few lines of text, and what to outline, in CSS pixels of the whole surface. */
export interface PlotTip {
  readonly lines: readonly string[];
  readonly left: number;
  readonly top: number;
  readonly outline: PixelRect | null;
  /** The row that is pointed at, where it can be read. */
  readonly place?: PointPlace;
}

/** A plot as it is on the screen. */
export interface ShownPlot extends ShownCounts {
  readonly header: PlotHeader;
  readonly frame: PlotFrame;
  /** The one series that is shown; null for all. */
  readonly isolated: number | null;
  /** Rows of the whole plot. */
  readonly rowCount: number;
}

/** The tooltip at a position, or null where there is nothing to tell; that of discs and lines is `pointTip` of the row that is picked. */
export function plotTip(plot: ShownPlot, pointer: Pointer): PlotTip | null {
  if (!isInside(pointer, plot.frame.plot)) return null;
  switch (plot.marks) {
    case 'bars':
      return barTip(plot, barAt(plot, pointer.left));
    case 'density':
      return cellTip(plot, pointer);
    case 'points':
    case 'line':
      return null;
    case 'shapes':
      return plot.header.plotKind === 'groups' ? groupTip(plot.header, plot, pointer) : null;
  }
}

/** The tooltip of one bar, at its top. */
export function barTip(plot: ShownPlot, bar: number): PlotTip | null {
  const { counts, maximum } = plot.counts;
  const { plot: rect } = plot.frame;
  const range = barRanges(plot.header, rect, plot.part)[bar];
  if (!range) return null;
  const count = counts[bar] ?? 0;
  const heightPx = maximum > 0 ? (count / maximum) * rect.height : 0;
  const [from, to] = range.map((edge) => Math.min(rect.width, Math.max(0, edge)));
  if (from === undefined || to === undefined) return null;
  return {
    lines: [barName(plot, bar), countLine(count, plot)],
    left: rect.left + (from + to) / 2,
    top: rect.top + rect.height - heightPx,
    outline: { left: rect.left + from, top: rect.top, width: to - from, height: rect.height },
  };
}

/** The bar whose span holds a horizontal position. */
export function barAt({ header, frame, part }: ShownPlot, left: number): number {
  const within = left - frame.plot.left;
  return barRanges(header, frame.plot, part).findIndex(([from, to]) => within >= from && within < to);
}

/** Whether a position lies in a rectangle. */
export function isInside({ left, top }: Pointer, rect: PixelRect): boolean {
  return left >= rect.left && left < rect.left + rect.width && top >= rect.top && top < rect.top + rect.height;
}

function barName({ header, part }: ShownPlot, bar: number): string {
  if (header.plotKind === 'bars') {
    const category = header.x.categories[bar];
    return category === null ? 'null' : category === '' ? '(empty text)' : (category ?? '');
  }
  if (header.plotKind !== 'histogram') return '';
  const edge = (index: number) => formatValue(part.edges[index] ?? 0, header.x, 0);
  return `${edge(bar)} … ${edge(bar + 1)}`;
}

function countLine(count: number, { rowCount }: ShownPlot): string {
  const rows = `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
  return `${rows} · ${formatShare(count, rowCount)}`;
}

function cellTip(plot: ShownPlot, pointer: Pointer): PlotTip | null {
  const { header, frame, part, counts } = plot;
  if (header.plotKind !== 'scatter' || !part.cells) return null;
  const [x, y] = cellAxes(surfaceFrame(header, frame, 1, part), part.cells);
  const { left, top, height } = frame.plot;
  const columns = cellsOfPixel(Math.floor(pointer.left - left), x);
  const rows = cellsOfPixel(Math.floor(top + height - pointer.top), y);
  let count = 0;
  let word: number = FIXED_NULL;
  for (let row = rows.first; row < rows.end; row += 1) {
    for (let column = columns.first; column < columns.end; column += 1) {
      const cell = row * part.cells.columns + column;
      count += counts.counts[cell] ?? 0;
      if (word === FIXED_NULL) word = counts.values?.words[cell] ?? FIXED_NULL;
    }
  }
  if (count === 0) return null;
  const value = word === FIXED_NULL ? [] : [cellValueLine(header, word)];
  const lines = [rangeLine(header.x, columns, x), rangeLine(header.y, rows, y), ...value, countLine(count, plot)];
  return { lines, left: pointer.left, top: pointer.top, outline: null };
}

/** What a cell's colour stands for. */
function cellValueLine(header: ScatterHeader, word: number): string {
  const value = cellValueOf(header);
  if (!value || !header.color || header.color.kind === 'nominal') return '';
  const axis = header.color;
  const number = numberOfWord(word, value);
  const data = value.aggregate === 'sum' ? number : valueOf(number, axis);
  return `${axis.title} ${formatValue(data, axis, Math.max(Math.abs(data) / 1e4, axis.step))}`;
}

function rangeLine(axis: ContinuousAxis, cells: CellSpan, grid: { firstCell: number; shift: number }): string {
  const valueAt = (cell: number) => valueOf((grid.firstCell + cell) * 2 ** grid.shift, axis);
  const [low, high] = [valueAt(cells.first), valueAt(cells.end)];
  if (axis.even) return `${nameOf(axis)} ${evenRange(axis, axis.even, [low, high])}`;
  const resolution = Math.abs(high - low) / 100;
  return `${nameOf(axis)} ${formatValue(low, axis, resolution)} … ${formatValue(high, axis, resolution)}`;
}

/** The first and the last of the even values between two that lie half a unit off, or the only one. */
function evenRange(axis: ContinuousAxis, { unit, count }: EvenValues, [from, to]: readonly [number, number]): string {
  const [minimum] = axis.domain;
  const place = (value: number) => Math.round((value - minimum) / unit);
  const text = (each: number) => formatValue(minimum + each * unit, axis, unit / 10);
  const [first, last] = [place(from + unit / 2), Math.min(count - 1, place(to - unit / 2))];
  return first >= last ? text(first) : `${text(first)} … ${text(last)}`;
}

/** The tooltip of a row that was picked, at its disc. */
export function pointTip(plot: ShownPlot, picked: PickedRow): PlotTip | null {
  const { header, frame, part } = plot;
  if (header.plotKind !== 'scatter' && header.plotKind !== 'line') return null;
  const { x, y, series } = picked;
  const [acrossPx, downPx] = pixelFromCodes(x, y, surfaceFrame(header, frame, 1, part));
  const at = { left: frame.plot.left + acrossPx, top: frame.plot.top + downPx };
  const line = (axis: ContinuousAxis, code: number) => {
    const value = valueOf(code, axis);
    return `${nameOf(axis)} ${formatValue(value, axis, 10 * resolutionOf(axis, value))}`;
  };
  const name = header.plotKind === 'line' && header.series.length > 1 ? [seriesName(header.series[series ?? 0])] : [];
  return {
    lines: [...name, line(header.x, x), line(header.y, y), ...keyLines(header, picked)],
    ...at,
    outline: dotOutline(at),
    // Cells that were put together by DuckDB are no rows.
    ...(header.plotKind === 'scatter' && header.strategy === 'aggregate' && !part.points
      ? {}
      : { place: { x: nearValue(x, header.x), y: nearValue(y, header.y) } }),
  };
}

/** What colour and size of a point stand for. */
function keyLines(header: PlotHeader, { color, size }: PickedRow): readonly string[] {
  if (header.plotKind !== 'scatter') return [];
  const text = (axis: ColorKey, code: number) =>
    axis.kind === 'nominal'
      ? `${axis.title} ${seriesName(axis.categories[code])}`
      : `${nameOf(axis)} ${formatValue(valueOf(code, axis), axis, 10 * axis.step)}`;
  const line = (axis: ColorKey | undefined, code: number | null) =>
    axis && code !== null && code !== FIXED_NULL ? [text(axis, code)] : [];
  return [...line(header.color, color), ...line(header.size, size)];
}

function dotOutline({ left, top }: Pointer): PixelRect {
  return { left: left - 4, top: top - 4, width: 8, height: 8 };
}

const nameOf = (axis: ContinuousAxis): string => axis.title || axis.field;
