import { valueOf } from '#common/plot/fixedPoint';
import {
  type BarsHeader,
  type ContinuousAxis,
  type HistogramHeader,
  type LineHeader,
  type PlotHeader,
  type ScatterHeader,
} from '#common/plot/plotData';
import { formatCount, formatShare, formatValue, resolutionOf } from './axes/formatValue.ts';
import { cellsOfPixel } from './cellsOfPixel.ts';
import { nearestPoint } from './nearestPoint.ts';
import type { PixelRect, PlotFrame, Pointer } from './plotFrame.ts';
import { barRanges } from './plotScene.ts';
import type { PlotPicture } from './plotSession.ts';

/** What the pointer is on: a few lines of text, and what to outline, in CSS pixels of the whole surface. */
export interface PlotTip {
  readonly lines: readonly string[];
  readonly left: number;
  readonly top: number;
  readonly outline: PixelRect | null;
}

const CODE_SPAN = 2 ** 32;

/** The tooltip at a position, or null where there is nothing to tell. */
export function plotTip(header: PlotHeader, frame: PlotFrame, picture: PlotPicture, pointer: Pointer): PlotTip | null {
  if (!isInside(pointer, frame.plot)) return null;
  switch (header.plotKind) {
    case 'histogram':
    case 'bars':
      return barTip(header, frame, picture, barAt(header, frame, pointer.left));
    case 'scatter':
      return picture.plan.marks === 'points'
        ? pointTip(header, frame, picture, pointer)
        : cellTip(header, frame, picture, pointer);
    case 'line':
      return pointTip(header, frame, picture, pointer);
  }
}

/** The tooltip of one bar, at its top. */
export function barTip(
  header: HistogramHeader | BarsHeader,
  frame: PlotFrame,
  picture: PlotPicture,
  bar: number,
): PlotTip | null {
  const range = barRanges(header, frame.plot)[bar];
  if (!range) return null;
  const count = picture.counts.counts[bar] ?? 0;
  const heightPx = picture.counts.maximum > 0 ? (count / picture.counts.maximum) * frame.plot.height : 0;
  const [from, to] = range;
  return {
    lines: [barName(header, bar), countLine(count, picture)],
    left: frame.plot.left + (from + to) / 2,
    top: frame.plot.top + frame.plot.height - heightPx,
    outline: { left: frame.plot.left + from, top: frame.plot.top, width: to - from, height: frame.plot.height },
  };
}

/** The bar whose span holds a horizontal position. */
export function barAt(header: HistogramHeader | BarsHeader, frame: PlotFrame, left: number): number {
  const within = left - frame.plot.left;
  return barRanges(header, frame.plot).findIndex(([from, to]) => within >= from && within < to);
}

function isInside({ left, top }: Pointer, rect: PixelRect): boolean {
  return left >= rect.left && left < rect.left + rect.width && top >= rect.top && top < rect.top + rect.height;
}

function barName(header: HistogramHeader | BarsHeader, bar: number): string {
  if (header.plotKind === 'bars') {
    const category = header.x.categories[bar];
    return category === null ? 'null' : category === '' ? '(empty text)' : (category ?? '');
  }
  const edge = (index: number) => formatValue(header.edges[index] ?? 0, header.x, 0);
  return `${edge(bar)} … ${edge(bar + 1)}`;
}

function countLine(count: number, picture: PlotPicture): string {
  const rows = `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
  return `${rows} · ${formatShare(count, picture.counts.countedRows)}`;
}

function cellTip(header: ScatterHeader, frame: PlotFrame, picture: PlotPicture, pointer: Pointer): PlotTip | null {
  const { data } = frame;
  const right = Math.floor(pointer.left - data.left);
  const up = Math.floor(data.top + data.height - pointer.top);
  if (right < 0 || up < 0 || right >= data.width || up >= data.height) return null;
  const columns = cellsOfPixel(right, data.width, header.grid.columns);
  const rows = cellsOfPixel(up, data.height, header.grid.rows);
  let count = 0;
  for (let row = rows.first; row < rows.end; row += 1) {
    for (let column = columns.first; column < columns.end; column += 1) {
      count += picture.counts.counts[row * header.grid.columns + column] ?? 0;
    }
  }
  if (count === 0) return null;
  return {
    lines: [
      rangeLine(header.x, columns, header.grid.columns),
      rangeLine(header.y, rows, header.grid.rows),
      countLine(count, picture),
    ],
    left: pointer.left,
    top: pointer.top,
    outline: null,
  };
}

function rangeLine(axis: ContinuousAxis, cells: { first: number; end: number }, cellCount: number): string {
  const valueAt = (cell: number) => valueOf((cell / cellCount) * CODE_SPAN, axis);
  const [low, high] = [valueAt(cells.first), valueAt(cells.end)];
  const resolution = Math.abs(high - low) / 100;
  return `${nameOf(axis)} ${formatValue(low, axis, resolution)} … ${formatValue(high, axis, resolution)}`;
}

function pointTip(
  header: ScatterHeader | LineHeader,
  frame: PlotFrame,
  picture: PlotPicture,
  pointer: Pointer,
): PlotTip | null {
  const nearest = nearestPoint(header, frame, picture, pointer);
  if (!nearest) return null;
  const { x, y, series } = nearest;
  const line = (axis: ContinuousAxis, code: number) => {
    const value = valueOf(code, axis);
    return `${nameOf(axis)} ${formatValue(value, axis, 10 * resolutionOf(axis, value))}`;
  };
  const name = header.plotKind === 'line' && header.series.length > 1 ? [seriesName(header.series[series])] : [];
  return {
    lines: [...name, line(header.x, x), line(header.y, y)],
    left: nearest.left,
    top: nearest.top,
    outline: dotOutline(nearest),
  };
}

function dotOutline({ left, top }: Pointer): PixelRect {
  return { left: left - 4, top: top - 4, width: 8, height: 8 };
}

const nameOf = (axis: ContinuousAxis): string => axis.title || axis.field;

/** A series as the legend and tooltips name it. */
export const seriesName = (name: string | null | undefined): string => name ?? 'null';
