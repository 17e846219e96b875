import { FIXED_NULL } from '#common/plot/plotData';
import { isDot } from '../canvas/drawDot.ts';
import { pixelFromCodes } from '../canvas/pixelFromCodes.ts';
import { colorIndex, radiusOf } from '../canvas/drawPoints.ts';
import type { Rgba } from '../../gpu/passes/drawPass.ts';
import type { PlotShapes, ShapePoint } from '../groups/plotShapes.ts';
import { thinLine } from '../../gpu/cpu/thinLine.ts';
import { rowAt, type LineRows } from '../../gpu/lineRows.ts';
import { rowRanges } from '../lineWindow.ts';
import { columnOf, joinColumn, type PlotBatch } from '../plotBatch.ts';
import type { PlotMarks } from '../plotPlan.ts';
import type { PlotCounts } from '../plotRenderer.ts';
import type { PlotScene } from '../plotScene.ts';
import { svgElement, svgNumber, type SvgAttributes } from './svgText.ts';

/** What is on the canvas of a plot: a scene of one pixel per CSS pixel, and what fills it. */
export interface DrawnMarks {
  readonly scene: PlotScene;
  readonly marks: PlotMarks;
  readonly counts: PlotCounts;
  readonly batches: readonly PlotBatch[];
  /** Whether a line of too many rows is thinned to what keeps its look; otherwise it is no drawing of vectors. */
  readonly thinsLines: boolean;
}

/** More marks than this make a file that editors choke on: lines are thinned to them, others are drawn as an image instead. */
export const MOST_VECTOR_MARKS = 5000;

const NO_CODES = new Uint32Array(0);

/** The marks as SVG elements, from the top left of the plot; null when there are too many, or when they are cells. */
export function vectorMarks(drawn: DrawnMarks): string | null {
  const elements = markElements(drawn);
  return elements === null || elements.length > MOST_VECTOR_MARKS ? null : elements.join('');
}

function markElements({ scene, marks, counts, batches, thinsLines }: DrawnMarks): readonly string[] | null {
  switch (marks) {
    case 'bars':
      return barElements(scene, counts);
    case 'points':
      return rowsOf(batches) > MOST_VECTOR_MARKS ? null : pointElements(scene, batches);
    case 'line': {
      const line = shownRows(scene, batches);
      if (line.x.length <= MOST_VECTOR_MARKS) return lineElements(scene, line);
      return thinsLines ? lineElements(scene, pickRows(line, thinLine(line, MOST_VECTOR_MARKS))) : null;
    }
    case 'shapes':
      return shapeElements(scene.shapes);
    case 'density':
      return null;
  }
}

/** The rows of a line that its window shows, and those beside them. */
function shownRows({ lineEdges, seriesCount }: PlotScene, batches: readonly PlotBatch[]): LineRows {
  const [x, y, series] = ['x', 'y', 'series'].map((name) => joinColumn(batches, name));
  const line = { x: x ?? NO_CODES, y: y ?? NO_CODES, series: series ?? NO_CODES };
  const ranges = rowRanges(lineEdges, seriesCount, (wanted, code) => rowAt(line, wanted, code));
  return pickRows(
    line,
    ranges.flatMap(({ first, end }) => Array.from({ length: end - first }, (_, index) => first + index)),
  );
}

function pickRows({ x, y, series }: LineRows, rows: readonly number[]): LineRows {
  const pick = (codes: Uint32Array) => Uint32Array.from(rows, (row) => codes[row] ?? FIXED_NULL);
  return { x: pick(x), y: pick(y), series: pick(series) };
}

function rowsOf(batches: readonly PlotBatch[]): number {
  return batches.reduce((sum, { rowCount }) => sum + rowCount, 0);
}

function barElements({ barSpansPx, barFullHeightPx, surface, colors }: PlotScene, counts: PlotCounts) {
  return Array.from(counts.counts, (count, bar) => {
    if (count === 0) return '';
    const height = Math.max(1, Math.round((count / counts.maximum) * barFullHeightPx));
    const x = barSpansPx[bar * 2] ?? 0;
    const width = (barSpansPx[bar * 2 + 1] ?? x) - x;
    return svgElement('rect', { x, y: surface.heightPx - height, width, height, ...filled(colors.bar) });
  }).filter(Boolean);
}

function pointElements({ surface, points }: PlotScene, batches: readonly PlotBatch[]): readonly string[] {
  const reach = points.radiusPx[1];
  return batches.flatMap((batch) => {
    const [y, color, size] = ['y', 'color', 'size'].map((name) => columnOf(batch, name));
    return Array.from(columnOf(batch, 'x'), (x, row) => {
      const other = y?.[row] ?? FIXED_NULL;
      if (x === FIXED_NULL || other === FIXED_NULL) return '';
      const [cx, cy] = pixelFromCodes(x, other, surface);
      const isNear = cx > -reach && cy > -reach && cx < surface.widthPx + reach && cy < surface.heightPx + reach;
      const fill = points.colors[colorIndex(points, color?.[row])];
      if (!isNear || !fill || fill[3] === 0) return '';
      return svgElement('circle', { cx, cy, r: radiusOf(points, size?.[row]), ...filled(fill) });
    }).filter(Boolean);
  });
}

function lineElements({ surface, colors, lineWidthPx, dotPx }: PlotScene, line: LineRows): readonly string[] {
  const runs: { readonly series: number; readonly points: ShapePoint[] }[] = [];
  let isJoined = false;
  line.x.forEach((x, row) => {
    const [y, series] = [line.y[row] ?? FIXED_NULL, line.series[row] ?? 0];
    const isPoint = x !== FIXED_NULL && y !== FIXED_NULL;
    if (isPoint && (!isJoined || runs.at(-1)?.series !== series)) runs.push({ series, points: [] });
    if (isPoint) runs.at(-1)?.points.push(pixelFromCodes(x, y, surface));
    isJoined = isPoint;
  });
  return runs
    .map(({ series, points }) => ({ points, color: colors.series[series % colors.series.length] ?? colors.bar }))
    .filter(({ color }) => color[3] > 0)
    .map(({ points, color }) => lineElement(points, isDot(points) ? dotPx : lineWidthPx, color));
}

function shapeElements({ bands, rects, lines }: PlotShapes): readonly string[] {
  return [
    ...bands.map(({ upper, lower, color }) =>
      svgElement('path', { d: `${pathThrough([...upper, ...lower.toReversed()])}Z`, ...filled(color) }),
    ),
    ...rects.map(({ left, top, right, bottom, color }) =>
      svgElement('rect', { x: left, y: top, width: right - left, height: bottom - top, ...filled(color) }),
    ),
    ...lines.map(({ points, widthPx, color }) => lineElement(points, widthPx, color)),
  ];
}

/** A line through points; one point is a dot. */
function lineElement(points: readonly ShapePoint[], widthPx: number, color: Rgba): string {
  const d = pathThrough(points.length === 1 ? [...points, ...points] : points);
  const joins = { 'stroke-linejoin': 'round', 'stroke-linecap': 'round' } as const;
  return svgElement('path', { d, fill: 'none', 'stroke-width': widthPx, ...joins, ...stroked(color) });
}

function pathThrough(points: readonly ShapePoint[]): string {
  return points.map(([left, top], index) => `${index === 0 ? 'M' : 'L'}${svgNumber(left)} ${svgNumber(top)}`).join('');
}

/** A fill as every SVG program reads it. */
export function filled(color: Rgba): SvgAttributes {
  return { fill: hexOf(color), 'fill-opacity': color[3] === 1 ? undefined : color[3] };
}

/** A stroke as every SVG program reads it. */
export function stroked(color: Rgba): SvgAttributes {
  return { stroke: hexOf(color), 'stroke-opacity': color[3] === 1 ? undefined : color[3] };
}

function hexOf([red, green, blue]: Rgba): string {
  const channel = (value: number) =>
    Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(red)}${channel(green)}${channel(blue)}`;
}
