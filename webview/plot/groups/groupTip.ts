import type { ContinuousAxis, GroupAxis, GroupsHeader, PlotGroup } from '#common/plot/plotData';
import { formatCount, formatShare, formatValue } from '../axes/formatValue.ts';
import type { PixelRect, Pointer } from '../plotFrame.ts';
import type { PlotTip, ShownPlot } from '../plotTip.ts';
import { seriesName } from '../seriesName.ts';
import { groupAxisPixels, valueAxisName } from './groupAxes.ts';
import { groupShapes } from './groupShapes.ts';

type GroupsPlot = Pick<ShownPlot, 'frame' | 'part' | 'rowCount'>;

const FIGURE_RESOLUTION = 1e4;

/** The tooltip of the group under the pointer, or of the nearest one along a line. */
export function groupTip(header: GroupsHeader, plot: GroupsPlot, pointer: Pointer): PlotTip | null {
  const rect = plot.frame.plot;
  const found =
    header.shape === 'line' || header.shape === 'area' || header.shape === 'steps'
      ? nearestGroup(header, plot, pointer)
      : rectAt(header, plot, pointer);
  if (!found) return null;
  const { group, outline, place } = found;
  return {
    lines: groupLines(header, group, plot.rowCount),
    left: rect.left + place.left,
    top: rect.top + place.top,
    outline: outline && { ...outline, left: outline.left + rect.left, top: outline.top + rect.top },
  };
}

interface FoundGroup {
  readonly group: PlotGroup;
  /** From the top left of the plot. */
  readonly place: Pointer;
  readonly outline: PixelRect | null;
}

const GREY = {
  bar: [0, 0, 0, 1],
  point: [0, 0, 0, 1],
  series: [],
  density: new Uint32Array(1),
  densityRange: [0, 1],
} as const;

function rectAt(header: GroupsHeader, { frame, part }: GroupsPlot, pointer: Pointer): FoundGroup | null {
  const { left, top, width: widthPx, height: heightPx } = frame.plot;
  const shapes = groupShapes(header, { widthPx, heightPx, pixelRatio: 1, window: part.window, colors: GREY });
  const [x, y] = [pointer.left - left, pointer.top - top];
  const isUpright = header.place === 'x';
  const isHeat = header.shape === 'heat';
  const isAlong = (rect: (typeof shapes.rects)[number]) =>
    isUpright ? x >= rect.left && x < rect.right + 1 : y >= rect.top && y < rect.bottom + 1;
  const distance = (rect: (typeof shapes.rects)[number]) =>
    isUpright ? Math.max(rect.top - y, y - rect.bottom, 0) : Math.max(rect.left - x, x - rect.right, 0);
  const near = shapes.rects
    .filter((rect) => isAlong(rect) && (!isHeat || distance(rect) === 0))
    .toSorted((one, other) => distance(one) - distance(other));
  const [rect] = near;
  const group = rect && header.groups[rect.group];
  if (!rect || !group) return null;
  const outline = { left: rect.left, top: rect.top, width: rect.right - rect.left, height: rect.bottom - rect.top };
  return { group, outline, place: { left: (rect.left + rect.right) / 2, top: rect.top } };
}

function nearestGroup(header: GroupsHeader, { frame, part }: GroupsPlot, pointer: Pointer): FoundGroup | null {
  const { left, top, width, height } = frame.plot;
  const place = groupAxisPixels(header.x, 'x', width, part.window);
  const value = groupAxisPixels(header.y, 'y', height, part.window);
  let best: FoundGroup | null = null;
  let bestDistance = Infinity;
  for (const group of header.groups) {
    if (group.value === null) continue;
    const [from, to] = place.span(group.at);
    const at = { left: (from + to) / 2, top: height - (value.scale?.pixelFromData(group.value) ?? 0) };
    const distance = Math.abs(at.left - (pointer.left - left)) + 0.1 * Math.abs(at.top - (pointer.top - top));
    if (distance >= bestDistance || at.left < 0 || at.left > width) continue;
    bestDistance = distance;
    best = { group, place: at, outline: null };
  }
  return best;
}

/** What a group is, its value and its rows. */
export function groupLines(header: GroupsHeader, group: PlotGroup, rowCount: number): readonly string[] {
  const isHeat = header.shape === 'heat';
  const places = isHeat
    ? [placeLine(header.x, group.at, group.end), placeLine(header.y, group.row ?? 0, group.rowEnd)]
    : [placeLine(header[header.place], group.at, group.end)];
  const series = header.series.length > 1 ? [seriesName(header.series[group.series] ?? null)] : [];
  const rows = `${formatCount(group.rows)} ${group.rows === 1 ? 'row' : 'rows'} · ${formatShare(group.rows, rowCount)}`;
  return [...places.filter(Boolean), ...series, ...valueLines(header, group), rows];
}

function valueLines(header: GroupsHeader, { value, box, rows }: PlotGroup): readonly string[] {
  const axis = header[valueAxisName(header)];
  const text = (each: number) => figureText(header.shape === 'heat' ? null : axis, each, header.valueDomain);
  if (value === null) return [];
  if (box) {
    const outliers = box.outlierCount > 0 ? [`${formatCount(box.outlierCount)} beyond the whiskers`] : [];
    return [
      `median ${text(value)}`,
      `quartiles ${text(box.firstQuartile)} … ${text(box.thirdQuartile)}`,
      `whiskers ${text(box.low)} … ${text(box.high)}`,
      ...outliers,
    ];
  }
  if (header.shape === 'steps') return [`${formatShare(value, 1)} up to here`];
  return header.valueTitle === 'Rows' && value === rows ? [] : [`${header.valueTitle} ${text(value)}`];
}

function figureText(axis: GroupAxis | null, value: number, [low, high]: readonly [number, number]): string {
  if (axis?.kind === 'temporal') return formatValue(value, axis, 0);
  const span = Math.max(Math.abs(low), Math.abs(high));
  const plain = { kind: 'quantitative', type: 'DOUBLE' } as ContinuousAxis;
  return formatValue(value, plain, Number.isInteger(value) ? 1 : span / FIGURE_RESOLUTION);
}

function placeLine(axis: GroupAxis, at: number, end: number | undefined): string {
  if (axis.field === '') return '';
  if (axis.kind === 'nominal') return seriesName(axis.categories[at] ?? null);
  const from = formatValue(at, axis, 0);
  return end === undefined ? `${axis.title} ${from}` : `${axis.title} ${from} … ${formatValue(end, axis, 0)}`;
}
