import type { Aggregate, Channel, PlotSpec } from './plotSpec.ts';

/** What a group of rows is drawn as. */
export type GroupShape = 'bar' | 'line' | 'area' | 'box' | 'heat' | 'steps';

/** How the series of one place stand together. */
export type Arrangement = 'stacked' | 'normalized' | 'grouped' | 'overlaid';

/** One of both axes. */
export type AxisName = 'x' | 'y';

/** A spec of aggregated groups, with the roles of its channels told apart. */
export interface GroupsForm {
  readonly shape: GroupShape;
  /** The axis that says where a group stands; the other one shows its value. A heat map has places on both. */
  readonly place: AxisName;
  readonly value: Channel;
  readonly aggregate: Aggregate;
  readonly series: Channel | null;
  readonly arrangement: Arrangement;
}

/** The roles of a spec's channels when it draws aggregated groups; null when it draws something else. */
export function groupsForm(spec: PlotSpec): GroupsForm | null {
  if (spec.mark === 'rect') return heatForm(spec);
  if (spec.mark === 'boxplot') return boxForm(spec);
  if (spec.mark === 'bar') return barForm(spec);
  if (spec.mark === 'line' || spec.mark === 'area') return lineForm(spec);
  return null;
}

/** Whether a channel's values are categories, by what the spec says. */
export function isCategory({ type, bin }: Channel): boolean {
  return (type === 'nominal' || type === 'ordinal') && !bin;
}

function heatForm({ x, y, color }: PlotSpec): GroupsForm | null {
  if (x?.field === undefined || y?.field === undefined) return null;
  const isPlaced = (channel: Channel) => channel.bin !== undefined || isCategory(channel);
  if (!isPlaced(x) && !isPlaced(y) && color?.aggregate === undefined) return null;
  const value = color ?? {};
  const aggregate = value.aggregate ?? (value.field === undefined ? 'count' : 'mean');
  return { shape: 'heat', place: 'x', value, aggregate, series: null, arrangement: 'overlaid' };
}

function boxForm({ x, y, color }: PlotSpec): GroupsForm | null {
  const place = y?.field === undefined || (x !== undefined && isCategory(y)) ? 'y' : 'x';
  const value = place === 'x' ? y : x;
  if (value?.field === undefined) return null;
  return { shape: 'box', place, value, aggregate: 'median', series: color ?? null, arrangement: 'grouped' };
}

function barForm(spec: PlotSpec): GroupsForm | null {
  const { x, y, color } = spec;
  const place = barPlace(spec);
  const [at, value] = place === 'x' ? [x, y ?? {}] : [y, x ?? {}];
  if (at?.field === undefined) return null;
  const isGrouped = (place === 'x' ? spec.xOffset : spec.yOffset)?.field !== undefined;
  const aggregate = aggregateOf(value, 'sum');
  const otherwise = color?.field === at.field ? 'overlaid' : 'grouped';
  const arrangement = isGrouped ? 'grouped' : stackingOf(value, aggregate, otherwise);
  return { shape: 'bar', place, value, aggregate, series: withField(color), arrangement };
}

function barPlace({ x, y }: PlotSpec): AxisName {
  if (y?.field === undefined || y.aggregate !== undefined) return 'x';
  if (x?.field === undefined || x.aggregate !== undefined) return 'y';
  const isMeasure = (channel: Channel) => channel.type === 'quantitative' && !channel.bin;
  return isMeasure(x) && !isMeasure(y) ? 'y' : 'x';
}

function lineForm({ mark, x, y, color }: PlotSpec): GroupsForm | null {
  if (x?.field === undefined) return null;
  const series = withField(color);
  const value = y ?? {};
  if (value.aggregate === 'cume_dist') {
    return { shape: 'steps', place: 'x', value: x, aggregate: 'cume_dist', series, arrangement: 'overlaid' };
  }
  if (mark === 'area') {
    const aggregate = aggregateOf(value, 'sum');
    return {
      shape: 'area',
      place: 'x',
      value,
      aggregate,
      series,
      arrangement: stackingOf(value, aggregate, 'overlaid'),
    };
  }
  if (value.aggregate === undefined && value.field !== undefined) return null;
  return { shape: 'line', place: 'x', value, aggregate: aggregateOf(value, 'mean'), series, arrangement: 'overlaid' };
}

function aggregateOf({ aggregate, field }: Channel, otherwise: Aggregate): Aggregate {
  return aggregate ?? (field === undefined ? 'count' : otherwise);
}

/** Values whose sums say something, so that they are stacked where nothing else is asked for, as in Vega-Lite. */
const SUMMED: ReadonlySet<Aggregate> = new Set<Aggregate>(['count', 'sum', 'distinct']);

/** @param otherwise How series stand that are neither asked to be stacked nor have sums. */
function stackingOf({ stack }: Channel, aggregate: Aggregate, otherwise: Arrangement): Arrangement {
  if (stack === 'normalize') return 'normalized';
  if (stack === null || stack === false) return 'overlaid';
  return stack === undefined && !SUMMED.has(aggregate) ? otherwise : 'stacked';
}

function withField(channel: Channel | undefined): Channel | null {
  return channel?.field === undefined ? null : channel;
}
