import type { CategoryAxis, ContinuousAxis, PlotHeader } from '#common/plot/plotData';
import type { AxisSelection } from '#common/plot/plotSelection';
import type { AxisScale } from '../axes/axisScale.ts';
import { xScale, yScale } from '../axes/plotScales.ts';
import { groupAxisPixels } from '../groups/groupAxes.ts';
import type { PlotFrame } from '../plotFrame.ts';
import { barRanges } from '../plotScene.ts';
import type { AxisName } from '../view/plotWindow.ts';
import type { ShownPart } from '../view/shownPart.ts';
import { niceBound } from './niceBound.ts';

/** A plot as it is on the screen, to select in. */
export interface SelectSubject {
  readonly header: PlotHeader;
  readonly frame: PlotFrame;
  readonly part: ShownPart;
}

/** Two positions along an axis in CSS pixels of the whole surface, the smaller one first. */
export type PixelSpan = readonly [number, number];

/** How one axis of a plot is selected along; pixels are those of the whole surface. */
export interface SelectAxis {
  /** What lies between two positions; whole bins and categories that are touched. */
  between(one: number, other: number): AxisSelection | null;
  /** Where a selection lies, stretch by stretch; empty when the axis does not show it. */
  spansOf(selection: AxisSelection): readonly PixelSpan[];
  /** A selection with the category at a position added or taken away; null where nothing is left, or there are no categories. */
  toggled(selection: AxisSelection | null, at: number): AxisSelection | null;
  /** A selection moved by so many pixels, as far as the axis goes. */
  moved(selection: AxisSelection, byPx: number): AxisSelection | null;
  /** A selection whose end at `fixedPx` stays while the other one goes to a position. */
  resized(selection: AxisSelection, fixedPx: number, toPx: number): AxisSelection | null;
  /** How far one step of the keyboard moves at a position. */
  stepPx(at: number): number;
}

/** The axis to select along; null where there is nothing to select by: counts and aggregates. */
export function selectAxis(subject: SelectSubject, name: AxisName): SelectAxis | null {
  const { header, frame, part } = subject;
  const { plot, data } = frame;
  switch (header.plotKind) {
    case 'scatter':
    case 'line':
      return name === 'x'
        ? valueAxis(header.x, xScale(header, [data.left, data.left + data.width], part.window))
        : valueAxis(header.y, yScale(header.y, [data.top + data.height, data.top], part.window));
    case 'histogram':
      if (name !== 'x') return null;
      return binAxis(
        binsOfHistogram(subject),
        header.x.domain[1],
        (value) => plot.left + xScale(header, [0, plot.width], part.window).pixelFromData(value),
      );
    case 'bars':
      if (name !== 'x') return null;
      return categoryAxis(
        header.x,
        barRanges(header, plot, part).map(([from, to]) => [plot.left + from, plot.left + to] as const),
      );
    case 'groups':
      return header.shape === 'heat' || header.place === name ? groupAxis(subject, name) : null;
  }
}

/** The axes that a plot can be selected along. */
export function selectableAxes(subject: SelectSubject): readonly AxisName[] {
  return (['x', 'y'] as const).filter((name) => selectAxis(subject, name) !== null);
}

const VALUE_STEP_PX = 10;

function valueAxis(axis: ContinuousAxis, scale: AxisScale): SelectAxis {
  const bound = (pixel: number) => {
    const perPixel = Math.abs(scale.dataFromPixel(pixel + 0.5) - scale.dataFromPixel(pixel - 0.5));
    return niceBound(scale.dataFromPixel(pixel), perPixel, axis);
  };
  const values = (one: number, other: number): AxisSelection => {
    const [low, high] = sorted(one, other);
    return { kind: 'values', low, high, isHighIncluded: true };
  };
  return {
    between: (one, other) => values(bound(one), bound(other)),
    spansOf: (selection) =>
      selection.kind === 'values'
        ? [sorted(scale.pixelFromData(selection.low), scale.pixelFromData(selection.high))]
        : [],
    toggled: () => null,
    moved: (selection, byPx) => {
      if (selection.kind !== 'values') return null;
      const [low, high] = [selection.low, selection.high].map((value) => bound(scale.pixelFromData(value) + byPx));
      return low === undefined || high === undefined ? null : values(low, high);
    },
    resized: (selection, fixedPx, toPx) => {
      if (selection.kind !== 'values') return null;
      const away = (value: number) => Math.abs(scale.pixelFromData(value) - fixedPx);
      const { low, high } = selection;
      return values(away(low) <= away(high) ? low : high, bound(toPx));
    },
    stepPx: () => VALUE_STEP_PX,
  };
}

/** A bin or a category: what is selected of it, and where it lies. */
interface Item {
  readonly span: PixelSpan;
}

/** How items become a selection, and which of them belong to one. */
interface ItemRule<T extends Item> {
  make(items: readonly T[]): AxisSelection;
  holds(selection: AxisSelection, item: T): boolean;
  /** Where a selection lies that is none of whole items. */
  spanOf?(selection: AxisSelection): PixelSpan | null;
  /** Whether a selection may leave items out between others. */
  readonly canSkip: boolean;
}

/** An axis of items side by side, which are selected as a whole. */
function itemAxis<T extends Item>(unordered: readonly T[], rule: ItemRule<T>): SelectAxis | null {
  const items = unordered.toSorted((one, other) => one.span[0] - other.span[0]);
  if (items.length === 0) return null;
  const made = (found: readonly T[]) => (found.length === 0 ? null : rule.make(found));
  const heldBy = (selection: AxisSelection) => items.filter((item) => rule.holds(selection, item));
  const nearest = (pixel: number) => {
    const inside = items.findIndex(({ span }) => pixel < span[1]);
    return inside < 0 ? items.length - 1 : inside;
  };
  const from = (one: number, other: number) => items.slice(nearest(one), nearest(other) + 1);
  return {
    between: (one, other) => made(from(...sorted(one, other))),
    spansOf: (selection) => {
      const whole = rule.spanOf?.(selection);
      return whole ? [whole] : stretches(items, heldBy(selection));
    },
    toggled: (selection, at) => {
      const item = items[nearest(at)];
      if (!item || !rule.canSkip) return null;
      const held = selection ? heldBy(selection) : [];
      return made(items.filter((each) => held.includes(each) !== (each === item)));
    },
    moved: (selection, byPx) => {
      const held = heldBy(selection);
      const [first] = held;
      if (!first) return null;
      const middle = (first.span[0] + first.span[1]) / 2 + byPx;
      const start = Math.min(items.length - held.length, Math.max(0, nearest(middle)));
      return made(items.slice(start, start + held.length));
    },
    resized: (selection, fixedPx, toPx) => {
      const held = heldBy(selection);
      const [first, last] = [held[0], held.at(-1)];
      if (!first || !last) return null;
      const isLowFixed = Math.abs(first.span[0] - fixedPx) <= Math.abs(last.span[1] - fixedPx);
      const fixed = items.indexOf(isLowFixed ? first : last);
      const [low, high] = sorted(fixed, nearest(toPx));
      return made(items.slice(low, high + 1));
    },
    stepPx: (at) => {
      const [low, high] = items[nearest(at)]?.span ?? [0, 1];
      return Math.max(1, high - low);
    },
  };
}

/** Items beside each other as one stretch. */
function stretches<T extends Item>(items: readonly T[], held: readonly T[]): readonly PixelSpan[] {
  const found: { from: number; to: number; last: number }[] = [];
  for (const item of held) {
    const index = items.indexOf(item);
    const before = found.at(-1);
    if (before && before.last === index - 1) Object.assign(before, { to: item.span[1], last: index });
    else found.push({ from: item.span[0], to: item.span[1], last: index });
  }
  return found.map(({ from, to }) => [from, to] as const);
}

interface Bin extends Item {
  readonly low: number;
  readonly high: number;
}

function binsOfHistogram({ header, frame: { plot }, part }: SelectSubject): readonly Bin[] {
  return barRanges(header, plot, part).map(([from, to], index) => ({
    low: part.edges[index] ?? 0,
    high: part.edges[index + 1] ?? 0,
    span: [plot.left + from, plot.left + to],
  }));
}

/** @param maximum The largest value: it belongs to the bin that ends there. */
function binAxis(bins: readonly Bin[], maximum: number, pixelFromData: (value: number) => number): SelectAxis | null {
  return itemAxis(bins, {
    make: (found) => {
      const [low, high] = [Math.min(...found.map((bin) => bin.low)), Math.max(...found.map((bin) => bin.high))];
      return { kind: 'values', low, high, isHighIncluded: high === maximum };
    },
    // A selection that was made of other bins, before a zoom, holds those that it covers for the most part.
    holds: (selection, { low, high }) => {
      const middle = (low + high) / 2;
      return selection.kind === 'values' && middle >= selection.low && middle < selection.high;
    },
    spanOf: (selection) =>
      selection.kind === 'values' ? sorted(pixelFromData(selection.low), pixelFromData(selection.high)) : null,
    canSkip: false,
  });
}

interface Category extends Item {
  readonly name: string | null;
  readonly isOther: boolean;
}

function categoryAxis(axis: CategoryAxis, spans: readonly PixelSpan[]): SelectAxis | null {
  if (axis.field === '') return null;
  const items = axis.categories.map((name, index): Category => {
    const isOther = axis.otherCount > 0 && index === axis.categories.length - 1;
    return { name, isOther, span: spans[index] ?? [0, 0] };
  });
  const shown = items.filter(({ isOther }) => !isOther).map(({ name }) => name);
  return itemAxis(items, {
    make: (found) => ({
      kind: 'categories',
      names: found.filter(({ isOther }) => !isOther).map(({ name }) => name),
      othersThan: found.some(({ isOther }) => isOther) ? shown : null,
    }),
    holds: (selection, { name, isOther }) =>
      selection.kind === 'categories' && (isOther ? selection.othersThan !== null : selection.names.includes(name)),
    canSkip: true,
  });
}

function groupAxis({ header, frame: { plot }, part }: SelectSubject, name: AxisName): SelectAxis | null {
  if (header.plotKind !== 'groups') return null;
  const axis = header[name];
  const lengthPx = name === 'x' ? plot.width : plot.height;
  const pixels = groupAxisPixels(axis, name, lengthPx, part.window);
  const onSurface = ([from, to]: PixelSpan): PixelSpan =>
    name === 'x' ? [plot.left + from, plot.left + to] : sorted(plot.top + lengthPx - from, plot.top + lengthPx - to);
  if (axis.kind === 'nominal') {
    return categoryAxis(
      axis,
      axis.categories.map((_, index) => onSurface(pixels.span(index))),
    );
  }
  const isSecond = header.shape === 'heat' && name === 'y';
  const bins = new Map<number, Bin>();
  for (const group of header.groups) {
    const [low, high] = isSecond ? [group.row ?? 0, group.rowEnd] : [group.at, group.end];
    if (high !== undefined) bins.set(low, { low, high, span: onSurface(pixels.span(low, high)) });
  }
  if (bins.size > 0) {
    const ordered = [...bins.values()];
    const maximum = Math.max(...ordered.map(({ high }) => high));
    return binAxis(ordered, maximum, (value) => onSurface(pixels.span(value))[0]);
  }
  return pixels.scale && valueAxis(axis, shiftedScale(pixels.scale, name, plot, lengthPx));
}

/** A scale of the plot's own pixels, from the left or the bottom, as one of the whole surface. */
function shiftedScale(scale: AxisScale, name: AxisName, plot: PlotFrame['plot'], lengthPx: number): AxisScale {
  const onSurface = (pixel: number) => (name === 'x' ? plot.left + pixel : plot.top + lengthPx - pixel);
  const inPlot = (pixel: number) => (name === 'x' ? pixel - plot.left : plot.top + lengthPx - pixel);
  return {
    ...scale,
    pixelFromData: (value) => onSurface(scale.pixelFromData(value)),
    dataFromPixel: (pixel) => scale.dataFromPixel(inPlot(pixel)),
  };
}

function sorted(one: number, other: number): PixelSpan {
  return one <= other ? [one, other] : [other, one];
}
