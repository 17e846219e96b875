import { stackedGroups, type StackedGroup } from '#common/plot/groupStacks';
import type { BoxFigures, GroupsHeader } from '#common/plot/plotData';
import type { Rgba } from '../../gpu/passes/drawPass.ts';
import { rgbaFromPacked, type PlotColors } from '../plotColors.ts';
import type { PlotWindow } from '../view/plotWindow.ts';
import { areaStack } from './areaStack.ts';
import { groupAxisPixels, valueAxisName, type GroupAxisPixels } from './groupAxes.ts';
import {
  NO_SHAPES,
  type PlotShapes,
  type ShapeBand,
  type ShapeLine,
  type ShapePoint,
  type ShapeRect,
} from './plotShapes.ts';

/** The canvas that shapes are made for. */
export interface ShapeSurface {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelRatio: number;
  readonly window: PlotWindow;
  readonly colors: PlotColors;
}

interface Drawing {
  readonly header: GroupsHeader;
  readonly surface: ShapeSurface;
  readonly place: GroupAxisPixels;
  readonly value: GroupAxisPixels;
  /** A point by its pixels along the place and the value axis. */
  point(along: number, up: number): ShapePoint;
}

const PLACE_FILL = 0.78;
const WIDEST_BAR_PX = 72;
const GAP_FROM_PX = 4;
const LINE_PX = 1.6;
/** Width of a point that no line runs to. */
const DOT_PX = 4;
const WHISKER_PX = 1.2;
const OUTLIER_PX = 4;
const AREA_OPACITY = 0.75;
const OVERLAID_OPACITY = 0.3;
const BOX_OPACITY = 0.35;

/** The shapes of all groups in a window. */
export function groupShapes(header: GroupsHeader, surface: ShapeSurface): PlotShapes {
  if (header.shape === 'heat') return { ...NO_SHAPES, rects: heatCells(header, surface) };
  const drawing = drawingOf(header, surface);
  const groups = stackedGroups(header.groups, header);
  switch (header.shape) {
    case 'bar':
      return {
        ...NO_SHAPES,
        rects: groups.map((group, index) => barRect(drawing, group, index)).filter((rect) => rect !== null),
      };
    case 'box':
      return boxShapes(drawing);
    case 'line':
    case 'steps':
      return { ...NO_SHAPES, lines: seriesRuns(groups).map((run) => lineShape(drawing, run)) };
    case 'area':
      return areaShapes(drawing, groups);
  }
}

/** The colour of a series; a plot without series has one colour. */
export function seriesColor({ series }: GroupsHeader, colors: PlotColors, code: number): Rgba {
  return series.length > 1 ? (colors.series[code % colors.series.length] ?? colors.bar) : colors.bar;
}

function drawingOf(header: GroupsHeader, surface: ShapeSurface): Drawing {
  const { widthPx, heightPx, window } = surface;
  const lengthOf = (name: 'x' | 'y') => (name === 'x' ? widthPx : heightPx);
  const axisOf = (name: 'x' | 'y') => groupAxisPixels(header[name], name, lengthOf(name), window);
  const isUpright = header.place === 'x';
  return {
    header,
    surface,
    place: axisOf(header.place),
    value: axisOf(valueAxisName(header)),
    point: (along, up) => (isUpright ? [along, heightPx - up] : [up, heightPx - along]),
  };
}

function barRect(drawing: Drawing, group: StackedGroup, index: number): ShapeRect | null {
  const along = barSpan(drawing, group);
  const scale = drawing.value.scale;
  if (!scale || group.value === null) return null;
  const base = scale.kind === 'log' ? scale.domain[0] : group.from;
  const ends = [scale.pixelFromData(base), scale.pixelFromData(group.to)] as const;
  if (!ends.every(Number.isFinite)) return null;
  const color = seriesColor(drawing.header, drawing.surface.colors, group.series);
  const isFaint = drawing.header.arrangement === 'overlaid' && drawing.header.series.length > 1;
  return rectBetween(drawing, along, ends, isFaint ? withOpacity(color, 0.5) : color, index);
}

/** Left and right edge of a bar or box on whole device pixels, with a gap where there is room for one. */
function barSpan({ header, place, surface }: Drawing, { at, end, series }: StackedGroup): readonly [number, number] {
  const { pixelRatio } = surface;
  const [low, high] = place.span(at, end);
  if (end !== undefined) {
    const gap = high - low >= GAP_FROM_PX * pixelRatio ? Math.max(1, Math.round(pixelRatio)) : 0;
    return [Math.round(low), Math.max(Math.round(low) + 1, Math.round(high) - gap)];
  }
  const width = Math.min(
    (high - low) * PLACE_FILL,
    WIDEST_BAR_PX * pixelRatio * (header.arrangement === 'grouped' ? header.series.length : 1),
  );
  const first = (low + high - width) / 2;
  if (header.arrangement !== 'grouped' || header.series.length < 2)
    return [Math.round(first), Math.max(Math.round(first) + 1, Math.round(first + width))];
  const each = width / header.series.length;
  const order = header.place === 'x' ? series : header.series.length - 1 - series;
  const from = Math.round(first + order * each);
  const gap = each >= GAP_FROM_PX * pixelRatio ? Math.max(1, Math.round(pixelRatio)) : 0;
  return [from, Math.max(from + 1, Math.round(first + (order + 1) * each) - gap)];
}

/** A rectangle along the place axis and up the value axis, its ends on whole pixels, at least one pixel high where it has a value. */
function rectBetween(
  { point }: Drawing,
  [start, end]: readonly [number, number],
  [from, to]: readonly [number, number],
  color: Rgba,
  group: number,
): ShapeRect {
  const [low, high] = [Math.round(Math.min(from, to)), Math.round(Math.max(from, to))];
  const top = high === low && from !== to ? low + 1 : high;
  const [left, bottom] = point(start, low);
  const [right, upper] = point(end, top);
  return {
    left: Math.min(left, right),
    right: Math.max(left, right),
    top: Math.min(bottom, upper),
    bottom: Math.max(bottom, upper),
    color,
    group,
  };
}

/** Groups of one series after another, cut where a group has no value. */
function seriesRuns(groups: readonly StackedGroup[]): readonly (readonly StackedGroup[])[] {
  const runs: StackedGroup[][] = [];
  for (const group of groups) {
    const run = runs.at(-1);
    if (group.value === null) runs.push([]);
    else if (run && (run[0] === undefined || run[0].series === group.series)) run.push(group);
    else runs.push([group]);
  }
  return runs.filter((run) => run.length > 0);
}

function lineShape(drawing: Drawing, run: readonly StackedGroup[]): ShapeLine {
  const { header, surface } = drawing;
  const pixels = run.map((group) => pixelOf(drawing, group, group.to)).filter(isFinitePoint);
  const series = run[0]?.series ?? 0;
  const points = header.shape === 'steps' ? stepsThrough(drawing, pixels) : pixels;
  return {
    points,
    widthPx: (points.length === 1 ? DOT_PX : LINE_PX) * surface.pixelRatio,
    color: seriesColor(header, surface.colors, series),
    series,
  };
}

/** Along at the height of the value before, then up: a share holds until the next value. */
function stepsThrough({ surface }: Drawing, points: readonly ShapePoint[]): readonly ShapePoint[] {
  const first = points[0];
  if (!first) return [];
  let height = surface.heightPx;
  return points.flatMap(([left, top]) => {
    const corner: ShapePoint = [left, height];
    height = top;
    return [corner, [left, top] as const];
  });
}

function pixelOf({ place, value, point }: Drawing, { at }: StackedGroup, height: number): ShapePoint {
  const [low, high] = place.span(at);
  return point((low + high) / 2, value.scale?.pixelFromData(height) ?? 0);
}

function areaShapes(drawing: Drawing, groups: readonly StackedGroup[]): PlotShapes {
  const { header, surface } = drawing;
  if (header.arrangement !== 'overlaid') return stackedAreas(drawing);
  const opacity = header.series.length > 1 ? OVERLAID_OPACITY : AREA_OPACITY;
  const runs = seriesRuns(groups);
  const bands = runs.map((run): ShapeBand => {
    const color = seriesColor(header, surface.colors, run[0]?.series ?? 0);
    return {
      upper: run.map((group) => pixelOf(drawing, group, group.to)),
      lower: run.map((group) => pixelOf(drawing, group, group.from)),
      color: withOpacity(color, opacity),
    };
  });
  return { ...NO_SHAPES, bands, lines: runs.map((run) => lineShape(drawing, run)) };
}

/** Areas in which every series has a value at every place, so that they touch. */
function stackedAreas({ header, surface, place, value, point }: Drawing): PlotShapes {
  const found = new Map(header.groups.map((group) => [`${group.series} ${group.at}`, group.value ?? 0]));
  const middle = (at: number) => place.span(at).reduce((low, high) => (low + high) / 2);
  const places = [...new Set(header.groups.map(({ at }) => at))]
    .map((at) => ({ at, along: middle(at) }))
    .sort((one, other) => one.along - other.along);
  const rows = header.series.map((_, series) => places.map(({ at }) => found.get(`${series} ${at}`) ?? 0));
  const along = places.map((each) => each.along);
  const parts = areaStack(rows, along, header.arrangement === 'normalized').map(({ series, points }) => {
    const pixels = (end: 'from' | 'to') =>
      points.map((each) => point(each.place, value.scale?.pixelFromData(each[end]) ?? 0));
    return { series, color: seriesColor(header, surface.colors, series), upper: pixels('to'), lower: pixels('from') };
  });
  const bands = parts.map(({ upper, lower, color }) => ({ upper, lower, color: withOpacity(color, AREA_OPACITY) }));
  const lines = parts.map(({ series, upper, color }) => {
    const widthPx = (upper.length === 1 ? DOT_PX : LINE_PX) * surface.pixelRatio;
    return { points: upper.filter(isFinitePoint), widthPx, color, series };
  });
  return { ...NO_SHAPES, bands, lines };
}

function boxShapes(drawing: Drawing): PlotShapes {
  const rects: ShapeRect[] = [];
  const lines: ShapeLine[] = [];
  drawing.header.groups.forEach((group, index) => {
    const { scale } = drawing.value;
    if (!group.box || !scale) return;
    const up = (value: number) => scale.pixelFromData(value);
    const along = barSpan(drawing, { ...group, from: 0, to: 0 });
    const color = seriesColor(drawing.header, drawing.surface.colors, group.series);
    const quartiles = [up(group.box.firstQuartile), up(group.box.thirdQuartile)] as const;
    rects.push(rectBetween(drawing, along, quartiles, withOpacity(color, color[3] * BOX_OPACITY), index));
    lines.push(
      ...boxLines(drawing, group.box, along, { color, series: group.series, median: up(group.value ?? 0), up }),
    );
  });
  return { ...NO_SHAPES, rects, lines };
}

interface BoxStyle {
  readonly color: Rgba;
  readonly series: number;
  readonly median: number;
  readonly up: (value: number) => number;
}

/** Outline, median, whiskers and outliers of one box. */
function boxLines(
  { point, surface }: Drawing,
  box: BoxFigures,
  [start, end]: readonly [number, number],
  { color, series, median, up }: BoxStyle,
): readonly ShapeLine[] {
  const { pixelRatio } = surface;
  const middle = (start + end) / 2;
  const cap = (end - start) / 4;
  const line = (points: readonly ShapePoint[], widthPx = WHISKER_PX): ShapeLine => ({
    points,
    widthPx: widthPx * pixelRatio,
    color,
    series,
  });
  const [low, first, third, high] = [box.low, box.firstQuartile, box.thirdQuartile, box.high].map(up) as [
    number,
    number,
    number,
    number,
  ];
  return [
    line([point(start, first), point(end, first), point(end, third), point(start, third), point(start, first)]),
    line([point(start, median), point(end, median)], 2 * WHISKER_PX),
    line([point(middle, low), point(middle, first)]),
    line([point(middle, third), point(middle, high)]),
    line([point(middle - cap, low), point(middle + cap, low)]),
    line([point(middle - cap, high), point(middle + cap, high)]),
    ...box.outliers.map((value) => line([point(middle, up(value))], OUTLIER_PX)),
  ];
}

function heatCells(header: GroupsHeader, { widthPx, heightPx, window, colors }: ShapeSurface): readonly ShapeRect[] {
  const x = groupAxisPixels(header.x, 'x', widthPx, window);
  const y = groupAxisPixels(header.y, 'y', heightPx, window);
  return header.groups.flatMap((group, index) => {
    if (group.value === null) return [];
    const [left, right] = x.span(group.at, group.end).map(Math.round) as [number, number];
    const [low, high] = y.span(group.row ?? 0, group.rowEnd).map(Math.round) as [number, number];
    const color = levelColor(colors.density, levelOf(group.value, header.valueDomain));
    return [
      {
        left,
        right: Math.max(left + 1, right),
        top: heightPx - Math.max(low + 1, high),
        bottom: heightPx - low,
        color,
        group: index,
      },
    ];
  });
}

/** Where a value lies in a domain, 0 to 1. */
export function levelOf(value: number, [low, high]: readonly [number, number]): number {
  return high > low ? (value - low) / (high - low) : 1;
}

/** A colour of a packed scale. */
export function levelColor(colors: Uint32Array, level: number): Rgba {
  return rgbaFromPacked(colors[Math.round(Math.min(1, Math.max(0, level)) * (colors.length - 1))] ?? 0);
}

function withOpacity([red, green, blue]: Rgba, opacity: number): Rgba {
  return [red, green, blue, opacity];
}

function isFinitePoint([left, top]: ShapePoint): boolean {
  return Number.isFinite(left) && Number.isFinite(top);
}
