import { CELL_AGGREGATES, cellAggregate } from '#common/plot/cellAggregate';
import { CATEGORICAL_SCHEMES, SEQUENTIAL_SCHEMES } from '#common/plot/colorSchemes';
import { fieldKind } from '#common/plot/fieldKind';
import { groupsForm, isCategory, type AxisName } from '#common/plot/groupsForm';
import type { Aggregate, CategorySort, Channel, PlotSpec, ScaleType } from '#common/plot/plotSpec';
import { findColumn } from '#common/plot/validateSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { without } from '../ui/without.ts';
import { channelOf, plotChoice, type PlotChoice } from './plotChoices.ts';

export type Axis = AxisName;
export type FieldChannel = Axis | 'color' | 'size';
/** How the series of bars or areas stand together. */
export type Stacking = 'zero' | 'normalize' | 'group' | 'overlay';
/** In which order bars stand; `auto` is by rows, or by their own order where they have one. */
export type Sorting = 'auto' | 'ascending' | 'descending' | 'largest' | 'smallest';

type Columns = readonly ColumnInfo[];

const AGGREGATED: ReadonlySet<PlotChoice> = new Set<PlotChoice>(['bars', 'line', 'area', 'heat']);

/** The spec with another field on a channel; an empty field removes the channel, or counts rows in place of its values. */
export function withField(spec: PlotSpec, channel: FieldChannel, field: string, columns: Columns): PlotSpec {
  const before = spec[channel] ?? {};
  if (field === '') return withoutField(spec, channel);
  if (channel === 'color' && plotChoice(spec) !== 'heat') return withColor(spec, field, columns);
  const { bin, aggregate, stack, sort } = before;
  const placed = channelOf(field, columns);
  const isPlace =
    isPlaceOf(spec, channel) || (channel === 'x' && plotChoice(spec) === 'bars' && valueChannel(spec) !== 'x');
  const next: Channel = isPlace && isCategoryPlace(spec, placed) ? { ...placed, type: 'nominal' } : placed;
  const isMeasure = valueChannel(spec) === channel;
  const kept = {
    ...(bin === undefined || next.type === 'nominal' ? {} : { bin }),
    ...(isMeasure && aggregate !== undefined ? { aggregate: fittingAggregate(aggregate, next) } : {}),
    ...(stack === undefined ? {} : { stack }),
    ...(sort === undefined ? {} : { sort }),
  };
  const rebinned =
    plotChoice(spec) === 'heat' && channel !== 'color' && next.type !== 'nominal' ? { bin: bin ?? true } : {};
  return { ...spec, [channel]: { ...next, ...kept, ...rebinned } };
}

function withoutField(spec: PlotSpec, channel: FieldChannel): PlotSpec {
  if (valueChannel(spec) === channel && plotChoice(spec) !== 'line' && plotChoice(spec) !== 'scatter') {
    return { ...spec, [channel]: { ...without(without(spec[channel] ?? {}, 'field'), 'type'), aggregate: 'count' } };
  }
  const rest = without(spec, channel);
  return channel === 'color' ? without(without(rest, 'xOffset'), 'yOffset') : rest;
}

function withColor(spec: PlotSpec, field: string, columns: Columns): PlotSpec {
  const plain = channelOf(field, columns);
  const color: Channel = plotChoice(spec) === 'scatter' ? plain : { field, type: 'nominal' };
  const offset = spec.xOffset ? { xOffset: { field } } : spec.yOffset ? { yOffset: { field } } : {};
  return { ...spec, color, ...offset };
}

function isPlaceOf(spec: PlotSpec, channel: FieldChannel): boolean {
  if (plotChoice(spec) === 'heat') return channel !== 'color';
  return groupsForm(spec)?.place === channel;
}

function isCategoryPlace(spec: PlotSpec, placed: Channel): boolean {
  const choice = plotChoice(spec);
  return choice === 'bars' || choice === 'box' || (choice === 'heat' && placed.type === 'nominal');
}

function fittingAggregate(aggregate: Aggregate, { type }: Channel): Aggregate {
  if (type === 'nominal') return 'distinct';
  return aggregate === 'count' ? 'mean' : aggregate;
}

/** The channel whose values are aggregated; null where none are. */
export function valueChannel(spec: PlotSpec): 'x' | 'y' | 'color' | null {
  const choice = plotChoice(spec);
  if (choice === 'heat' || isNumberColored(spec)) return 'color';
  if (!AGGREGATED.has(choice) && choice !== 'box') return null;
  const place = groupsForm(spec)?.place ?? 'x';
  return place === 'x' ? 'y' : 'x';
}

/** Whether the discs or cells of a scatter are coloured by numbers or times. */
function isNumberColored(spec: PlotSpec): boolean {
  const { color } = spec;
  const isNumber = color?.type === 'quantitative' || color?.type === 'temporal';
  return plotChoice(spec) === 'scatter' && color?.field !== undefined && isNumber;
}

/** What can be aggregated of a plot's values; empty where nothing is. */
export function aggregatesOf(spec: PlotSpec): readonly (Aggregate | 'none')[] {
  if (isNumberColored(spec)) {
    const isTime = spec.color?.type === 'temporal';
    return ['none', ...CELL_AGGREGATES.filter((aggregate) => aggregate !== 'sum' || !isTime)];
  }
  if (!AGGREGATED.has(plotChoice(spec))) return [];
  const all: readonly Aggregate[] = ['count', 'sum', 'mean', 'median', 'min', 'max', 'distinct'];
  return plotChoice(spec) === 'line' ? ['none', ...all] : all;
}

/** The aggregate of a plot's values. */
export function aggregateOf(spec: PlotSpec): Aggregate | 'none' {
  const isByRow = plotChoice(spec) === 'line' || isNumberColored(spec);
  return cellAggregate(spec) ?? groupsForm(spec)?.aggregate ?? (isByRow ? 'none' : 'count');
}

/** The spec with another aggregate; one that needs a column takes the first that fits. */
export function withAggregate(spec: PlotSpec, aggregate: Aggregate | 'none', columns: Columns): PlotSpec {
  const channel = valueChannel(spec);
  if (!channel) return spec;
  const before = without(spec[channel] ?? {}, 'aggregate');
  if (aggregate === 'count') return { ...spec, [channel]: { ...without(without(before, 'field'), 'type'), aggregate } };
  const isNumber = ({ type }: ColumnInfo) => fieldKind(type) === 'quantitative';
  const own = columns.find(
    ({ name, type }) =>
      name === before.field && (aggregate === 'distinct' || isNumber({ name, type }) || fieldKind(type) === 'temporal'),
  );
  const field = (own ?? columns.find(isNumber) ?? columns[0])?.name;
  const next = { ...before, ...channelOf(field, columns) };
  return { ...spec, [channel]: aggregate === 'none' ? next : { ...next, aggregate } };
}

/** How the series of a plot stand together; null where there are none to arrange. */
export function stackingOf(spec: PlotSpec): Stacking | null {
  const choice = plotChoice(spec);
  if (spec.color?.field === undefined || !['bars', 'area', 'histogram'].includes(choice)) return null;
  switch (groupsForm(spec)?.arrangement) {
    case 'normalized':
      return 'normalize';
    case 'grouped':
      return 'group';
    case 'overlaid':
      return 'overlay';
    case 'stacked':
    case undefined:
      return 'zero';
  }
}

/** The spec with its series stacked, as shares, side by side, or on top of one another. */
export function withStacking(spec: PlotSpec, stacking: Stacking): PlotSpec {
  const form = groupsForm(spec);
  const channel = form?.place === 'y' ? 'x' : 'y';
  const offset = channel === 'y' ? 'xOffset' : 'yOffset';
  const plain = without(without(spec, 'xOffset'), 'yOffset');
  const value = without(spec[channel] ?? { aggregate: 'count' as const }, 'stack');
  const field = spec.color?.field;
  if (stacking === 'group')
    return { ...plain, [channel]: value, ...(field === undefined ? {} : { [offset]: { field } }) };
  if (stacking === 'zero') {
    const stacked = { ...plain, [channel]: value };
    // Values without sums stand beside each other unless the spec says otherwise.
    return groupsForm(stacked)?.arrangement === 'stacked'
      ? stacked
      : { ...plain, [channel]: { ...value, stack: 'zero' } };
  }
  return { ...plain, [channel]: { ...value, stack: stacking === 'normalize' ? 'normalize' : null } };
}

/** The order of a plot's bars; null where places have no order to choose. */
export function sortingOf(spec: PlotSpec): Sorting | null {
  const place = groupsForm(spec)?.place ?? 'x';
  const channel = spec[place];
  if (!['bars'].includes(plotChoice(spec)) || !channel || !(isCategory(channel) || plotChoice(spec) === 'bars'))
    return null;
  const value = place === 'x' ? 'y' : 'x';
  const { sort } = channel;
  if (sort === `-${value}`) return 'largest';
  if (sort === value) return 'smallest';
  return sort === 'ascending' || sort === 'descending' ? sort : 'auto';
}

/** The spec with its bars in another order. */
export function withSorting(spec: PlotSpec, sorting: Sorting): PlotSpec {
  const place = groupsForm(spec)?.place ?? 'x';
  const value = place === 'x' ? 'y' : 'x';
  const channel = without(spec[place] ?? {}, 'sort');
  const words: Readonly<Record<Sorting, CategorySort | null>> = {
    auto: null,
    ascending: 'ascending',
    descending: 'descending',
    largest: `-${value}`,
    smallest: value,
  };
  const sort = words[sorting];
  return { ...spec, [place]: sort === null ? channel : { ...channel, sort } };
}

/** The spec with x and y exchanged, so that bars and boxes lie. */
export function withAxesExchanged(spec: PlotSpec): PlotSpec {
  const { x, y, xOffset, yOffset, ...rest } = spec;
  const turn = (channel: Channel): Channel => {
    const { sort } = channel;
    const turned = { x: 'y', y: 'x', '-x': '-y', '-y': '-x' } as const;
    return sort && sort in turned ? { ...channel, sort: turned[sort as keyof typeof turned] } : channel;
  };
  return {
    ...rest,
    mark: spec.mark,
    ...(y ? { x: turn(y) } : {}),
    ...(x ? { y: turn(x) } : {}),
    ...(yOffset ? { xOffset: yOffset } : {}),
    ...(xOffset ? { yOffset: xOffset } : {}),
  };
}

/** Whether exchanging the axes makes a plot of the same kind. */
export function canExchangeAxes(spec: PlotSpec): boolean {
  return ['bars', 'box', 'heat', 'scatter'].includes(plotChoice(spec));
}

/** The most bins of the place axis, or its step: the text of the field; empty when Pika chooses. */
export function binsOf(spec: PlotSpec): string {
  const bin = binnedChannel(spec)?.bin;
  if (typeof bin !== 'object') return '';
  return bin.step === undefined ? String(bin.maxbins ?? '') : `step ${bin.step}`;
}

/** The channel whose bins can be chosen. */
export function binnedChannel(spec: PlotSpec): Channel | null {
  if (plotChoice(spec) !== 'histogram') return null;
  return (spec.x?.bin ? spec.x : spec.y) ?? null;
}

/** The spec with other bins: `20` is at most so many, `step 5` their width, an empty text leaves them to Pika. */
export function withBins(spec: PlotSpec, text: string): PlotSpec {
  const match = /^\s*(step|width)?\s*([\d.eE+-]+)\s*$/i.exec(text);
  const size = Number(match?.[2]);
  const isSize = match !== null && Number.isFinite(size) && size > 0;
  const bin = isSize ? (match[1] === undefined ? { maxbins: Math.round(size) } : { step: size }) : true;
  const axis = spec.x?.bin ? 'x' : 'y';
  return { ...spec, [axis]: { ...spec[axis], bin } };
}

/** The scale of an axis: how its numbers are spread, or the clock of its times. */
export function scaleType(spec: PlotSpec, axis: Axis, columns: Columns): ScaleType {
  return spec[axis]?.scale?.type ?? (isTimeAxis(spec, axis, columns) ? 'utc' : 'linear');
}

/** Whether an axis shows times. */
export function isTimeAxis(spec: PlotSpec, axis: Axis, columns: Columns): boolean {
  const column = findColumn(columns, spec[axis]?.field ?? '');
  return column !== undefined && fieldKind(column.type) === 'temporal';
}

/** The title of an axis that the user gave; empty where Pika makes one. */
export function axisTitle(spec: PlotSpec, axis: Axis): string {
  return spec[axis]?.title ?? '';
}

/** The spec with a title on an axis, such as one that names its unit; an empty one leaves it to Pika. */
export function withAxisTitle(spec: PlotSpec, axis: Axis, title: string): PlotSpec {
  const channel = spec[axis] ?? {};
  if (title.trim() === '') return spec[axis] ? { ...spec, [axis]: without(channel, 'title') } : spec;
  return { ...spec, [axis]: { ...(spec[axis] ? channel : { aggregate: 'count' }), title: title.trim() } };
}

/** The colours of a spec by name; empty where Pika chooses. */
export function schemeOf({ color }: PlotSpec): string {
  return color?.scale?.scheme ?? '';
}

/** The names of the colours that fit a spec: of categories where its colours stand for such, otherwise from few to many. */
export function schemesOf(spec: PlotSpec, columns: Columns): readonly string[] {
  const choice = plotChoice(spec);
  const field = spec.color?.field;
  if (choice === 'heat') return SEQUENTIAL_SCHEMES;
  if (choice !== 'scatter') return CATEGORICAL_SCHEMES;
  const kind = fieldKind(findColumn(columns, field ?? '')?.type ?? '');
  const isNumber = kind === 'quantitative' || kind === 'temporal';
  return field === undefined || (isNumber && !isCategory(spec.color ?? {})) ? SEQUENTIAL_SCHEMES : CATEGORICAL_SCHEMES;
}

/** The spec with other colours; an empty name leaves them to Pika. */
export function withScheme(spec: PlotSpec, scheme: string): PlotSpec {
  const { scale, ...channel } = spec.color ?? {};
  const others = without(scale ?? {}, 'scheme');
  const next = scheme === '' ? others : { ...others, scheme };
  const color = Object.keys(next).length > 0 ? { ...channel, scale: next } : channel;
  return Object.keys(color).length > 0 ? { ...spec, color } : without(spec, 'color');
}

/** The spec with another scale on an axis. */
export function withScale(spec: PlotSpec, axis: Axis, type: ScaleType): PlotSpec {
  const { scale, ...channel } = spec[axis] ?? {};
  const others = without(scale ?? {}, 'type');
  const next = type === 'linear' || type === 'utc' ? others : { ...others, type };
  return { ...spec, [axis]: Object.keys(next).length > 0 ? { ...channel, scale: next } : channel };
}

/** The spec with a title; an empty one leaves it to Pika. */
export function withTitle(spec: PlotSpec, title: string): PlotSpec {
  return title.trim() === '' ? without(spec, 'title') : { ...spec, title: title.trim() };
}

/** The axes that show numbers or times, whose scale or clock can be chosen. */
export function scalableAxes(spec: PlotSpec, columns: Columns): readonly Axis[] {
  const choice = plotChoice(spec);
  return (['x', 'y'] as const).filter((axis) => {
    const channel = spec[axis];
    const column = findColumn(columns, channel?.field ?? '');
    const kind = column && fieldKind(column.type);
    const isValue = valueChannel(spec) === axis || (choice === 'histogram' && !channel?.bin);
    if (isValue && choice !== 'heat') return kind !== 'temporal';
    if (kind === 'temporal' && channel?.timeUnit !== undefined) return true;
    if (!channel || isCategory(channel) || choice === 'bars' || choice === 'box') return false;
    return kind === 'quantitative' ? choice !== 'heat' : kind === 'temporal';
  });
}
