import type { ColumnInfo } from '../protocol/engineContract.ts';
import { cellAggregate } from './cellAggregate.ts';
import { OKABE_ITO } from './colorSchemes.ts';
import { fieldKind } from './fieldKind.ts';
import { groupsForm, isCategory, type GroupsForm } from './groupsForm.ts';
import { plotKind } from './plotKind.ts';
import type { Channel, PlotSpec } from './plotSpec.ts';
import { aggregateTitle, channelTitle } from './plotTitle.ts';
import { findColumn } from './validateSpec.ts';

/** A value of a Vega-Lite specification. */
export type VegaLiteValue = string | number | boolean | null | readonly VegaLiteValue[] | VegaLiteObject;

/** An object of a Vega-Lite specification. */
export interface VegaLiteObject {
  readonly [key: string]: VegaLiteValue;
}

/** Where a specification finds its rows: a file beside it, or a data set that its reader names. */
export type VegaLiteData =
  { readonly url: string; readonly format: { readonly type: 'csv' | 'tsv' | 'json' } } | { readonly name: string };

type Columns = readonly ColumnInfo[];

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';
const SIZE_PX = { width: 480, height: 300 };
const POINT_OPACITY = 0.55;
const MOST_BINS = 50;
/** Vega-Lite has no bins by rule for times. */
const TIME_BIN = 'yearmonth';
const SHARE = 'share of rows';

/**
 * A plot as a Vega-Lite specification. What Vega-Lite has no words for is left out: rare categories that Pika puts together
 * as *other*, bins that are even on a logarithmic axis, and bins of times by rule, which become months.
 */
export function vegaLiteSpec(drawn: PlotSpec, columns: Columns, data: VegaLiteData): VegaLiteObject {
  const spec = cellAggregate(drawn) && drawn.mark === 'point' ? binnedCells(drawn) : drawn;
  const form = plotKind(spec) === 'groups' ? groupsForm(spec) : null;
  const isShares = form?.shape === 'steps';
  const encoding = isShares ? shareEncoding(spec, columns) : encodingOf(spec, form, columns);
  return {
    $schema: SCHEMA,
    ...(spec.title === undefined ? {} : { title: spec.title }),
    ...SIZE_PX,
    data: { ...data },
    ...(isShares ? { transform: [shareTransform(spec)] } : {}),
    mark: markOf(spec, form),
    encoding,
  };
}

/** Cells of an aggregate in Vega-Lite's words. */
function binnedCells({ x, y, ...others }: PlotSpec): PlotSpec {
  const bin = { maxbins: MOST_BINS };
  return { ...others, mark: 'rect', x: { ...x, bin }, y: { ...y, bin } };
}

function markOf({ mark }: PlotSpec, form: GroupsForm | null): VegaLiteValue {
  if (form?.shape === 'steps') return { type: 'line', interpolate: 'step-after' };
  if (form?.shape === 'heat') return 'rect';
  if (mark === 'point' || mark === 'rect') return { type: 'point', filled: true, opacity: POINT_OPACITY };
  return mark;
}

function encodingOf(spec: PlotSpec, form: GroupsForm | null, columns: Columns): VegaLiteObject {
  const channels: Record<string, VegaLiteObject> = {};
  for (const name of ['x', 'y', 'color', 'size'] as const) {
    const channel = channelOf(name, spec, form, columns);
    if (channel) channels[name] = channel;
  }
  const offset = offsetOf(spec, form);
  if (offset) channels[offset.name] = { field: escaped(offset.field), type: 'nominal' };
  return channels;
}

/** Bars side by side by what the spec says or by what they show; boxes of several series always. */
function offsetOf(spec: PlotSpec, form: GroupsForm | null): { readonly name: string; readonly field: string } | null {
  const field = spec.xOffset?.field ?? spec.yOffset?.field;
  if (field !== undefined) return { name: spec.xOffset ? 'xOffset' : 'yOffset', field };
  const isBeside = form?.shape === 'box' || (form?.shape === 'bar' && form.arrangement === 'grouped');
  const series = isBeside && spec[form.place]?.field !== undefined ? form.series?.field : undefined;
  return series === undefined || !form ? null : { name: `${form.place}Offset`, field: series };
}

type ChannelName = 'x' | 'y' | 'color' | 'size';

function channelOf(
  name: ChannelName,
  spec: PlotSpec,
  form: GroupsForm | null,
  columns: Columns,
): VegaLiteObject | null {
  const channel = spec[name];
  const isValue = form !== null && channel !== undefined && channel === form.value;
  if (!channel && !isImplied(name, spec, form)) return null;
  // Colours alone, without a field, are of a density, which Vega-Lite has not.
  if (channel?.field === undefined && (name === 'color' || name === 'size') && form?.shape !== 'heat') return null;
  if (!channel || channel.field === undefined) return countChannel(channel ?? {});
  const isPlace = form !== null && (form.shape === 'heat' ? name === 'x' || name === 'y' : name === form.place);
  const aggregate = isValue && form.shape !== 'box' ? form.aggregate : null;
  const title = aggregate ? aggregateTitle(channel, aggregate) : channelTitle(channel);
  const type = typeOf(channel, columns, isPlace && form.shape === 'bar');
  const scale = scaleOf(channel);
  return {
    field: escaped(channel.field),
    type: aggregate === 'distinct' ? 'quantitative' : type,
    ...(aggregate && aggregate !== 'cume_dist' ? { aggregate } : {}),
    ...placesOf(
      channel,
      type,
      isPlace ? form.shape : plotKind(spec) === 'histogram' && name === 'x' ? 'histogram' : null,
    ),
    ...(scale ? { scale } : {}),
    ...sortOf(channel, type, isPlace || plotKind(spec) === 'bars', name, spec),
    ...(channel.stack === undefined ? {} : { stack: channel.stack }),
    title,
  };
}

/** A plot that counts rows need not say so. */
function isImplied(name: ChannelName, spec: PlotSpec, form: GroupsForm | null): boolean {
  const kind = plotKind(spec);
  if (kind === 'histogram' || kind === 'bars') return name === 'y';
  if (form?.shape === 'heat') return name === 'color';
  return form?.aggregate === 'count' && name === (form.place === 'x' ? 'y' : 'x');
}

function countChannel(channel: Channel): VegaLiteObject {
  const scale = scaleOf(channel);
  return {
    aggregate: 'count',
    type: 'quantitative',
    ...(scale ? { scale } : {}),
    ...(channel.stack === undefined ? {} : { stack: channel.stack }),
    title: aggregateTitle(channel, 'count'),
  };
}

function typeOf(channel: Channel, columns: Columns, isBarPlace: boolean): string {
  const kind = fieldKind(findColumn(columns, channel.field ?? '')?.type ?? '');
  const type = channel.type ?? (kind === 'other' ? 'nominal' : kind);
  return isBarPlace && type === 'quantitative' && !channel.bin ? 'ordinal' : type;
}

/** How values are put together: Vega-Lite has bins for numbers and units for times. */
function placesOf(channel: Channel, type: string, shape: GroupsForm['shape'] | 'histogram' | null): VegaLiteObject {
  const { bin, timeUnit } = channel;
  if (timeUnit !== undefined) return { timeUnit: channel.scale?.type === 'time' ? timeUnit : `utc${timeUnit}` };
  if (shape === null || isCategory(channel)) return {};
  const isBinned = bin !== undefined && bin !== false;
  const isWide = shape === 'bar' || shape === 'heat' || shape === 'histogram';
  if (type === 'temporal') return isBinned || isWide ? { timeUnit: TIME_BIN } : {};
  if (type !== 'quantitative') return {};
  if (typeof bin === 'object') return { bin: { ...bin } };
  return isBinned || shape === 'heat' ? { bin: { maxbins: MOST_BINS } } : {};
}

function scaleOf({ scale }: Channel): VegaLiteObject | null {
  if (!scale) return null;
  const { type, domain, scheme, ...others } = scale;
  const colors = scheme === 'okabeito' ? { range: [...OKABE_ITO] } : scheme === undefined ? {} : { scheme };
  const words = {
    ...others,
    ...colors,
    ...(type === undefined ? {} : { type }),
    ...(domain ? { domain: [...domain] } : {}),
  };
  return Object.keys(words).length > 0 ? words : null;
}

/** Pika's own order of categories is by their rows where they have none of their own. */
function sortOf(channel: Channel, type: string, isPlace: boolean, name: ChannelName, spec: PlotSpec): VegaLiteObject {
  if (!isPlace) return {};
  if (channel.sort !== undefined && channel.sort !== null) return { sort: channel.sort };
  const isCount = plotKind(spec) === 'bars' || (spec.mark === 'bar' && groupsForm(spec)?.aggregate === 'count');
  return type === 'nominal' && isCount ? { sort: name === 'x' ? '-y' : '-x' } : {};
}

function shareTransform({ x, color }: PlotSpec): VegaLiteObject {
  const field = escaped(x?.field ?? '');
  return {
    window: [{ op: 'cume_dist', as: SHARE }],
    sort: [{ field, order: 'ascending' }],
    ...(color?.field === undefined ? {} : { groupby: [escaped(color.field)] }),
  };
}

function shareEncoding(spec: PlotSpec, columns: Columns): VegaLiteObject {
  const { x = {}, y = {}, color } = spec;
  const scale = scaleOf(x);
  return {
    x: {
      field: escaped(x.field ?? ''),
      type: typeOf(x, columns, false),
      ...(scale ? { scale } : {}),
      title: channelTitle(x),
    },
    y: { field: SHARE, type: 'quantitative', title: aggregateTitle(y, 'cume_dist') },
    ...(color?.field === undefined
      ? {}
      : { color: { field: escaped(color.field), type: 'nominal', title: channelTitle(color) } }),
  };
}

/** A column's name as Vega-Lite reads it: dots and brackets would be a path into the value. */
function escaped(field: string): string {
  return field.replace(/[\\.[\]'"]/g, '\\$&');
}
