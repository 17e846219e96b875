import { fieldKind } from '#common/plot/fieldKind';
import { plotKind } from '#common/plot/plotKind';
import type { Channel, PlotKind, PlotSpec } from '#common/plot/plotSpec';
import { findColumn } from '#common/plot/validateSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { without } from '../ui/without.ts';

export type Axis = 'x' | 'y';

type Columns = readonly ColumnInfo[];

/** The plots a user can choose from, in plain words. */
export const PLOT_CHOICES: readonly { readonly value: PlotKind; readonly label: string }[] = [
  { value: 'scatter', label: 'density scatter' },
  { value: 'line', label: 'line' },
  { value: 'histogram', label: 'histogram' },
  { value: 'bars', label: 'bars of counts' },
];

/** Which of the choices a spec is; a spec that is none of them counts as the nearest by its mark. */
export function plotChoice(spec: PlotSpec): PlotKind {
  const kind = plotKind(spec);
  if (kind) return kind;
  if (spec.mark === 'line') return 'line';
  return spec.mark === 'bar' ? 'bars' : 'scatter';
}

/** The spec as another kind of plot; fields that fit are kept, missing ones taken from the columns in their order. */
export function withChoice(spec: PlotSpec, choice: PlotKind, columns: Columns): PlotSpec {
  const { x, y, color, ...marked } = spec;
  const rest = without(marked, 'mark');
  switch (choice) {
    case 'histogram': {
      const field = fieldFor('continuous', x?.field, columns);
      return { ...rest, mark: 'bar', x: { ...channelOf(field, columns), bin: true }, y: { aggregate: 'count' } };
    }
    case 'bars': {
      const field = fieldFor('nominal', x?.field, columns);
      return { ...rest, mark: 'bar', x: { ...channelOf(field, columns), type: 'nominal' }, y: { aggregate: 'count' } };
    }
    case 'line':
      return { ...rest, mark: 'line', ...twoAxes(x, y, columns), ...(color ? { color } : {}) };
    case 'scatter':
      return { ...rest, mark: 'point', ...twoAxes(x, y, columns) };
  }
}

/** The spec with another field on a channel; an empty field removes the channel. */
export function withField(spec: PlotSpec, channel: Axis | 'color', field: string, columns: Columns): PlotSpec {
  if (field === '') return without(spec, channel);
  if (channel === 'color') return { ...spec, color: { field, type: 'nominal' } };
  const { bin } = spec[channel] ?? {};
  const isCategory = plotChoice(spec) === 'bars';
  const next: Channel = isCategory ? { field, type: 'nominal' } : channelOf(field, columns);
  return { ...spec, [channel]: bin === undefined ? next : { ...next, bin } };
}

/** The scale of an axis. */
export function scaleType(spec: PlotSpec, axis: Axis): 'linear' | 'log' {
  return spec[axis]?.scale?.type ?? 'linear';
}

/** The spec with a linear or logarithmic axis. */
export function withScale(spec: PlotSpec, axis: Axis, type: 'linear' | 'log'): PlotSpec {
  const { scale, ...channel } = spec[axis] ?? {};
  const others = without(scale ?? {}, 'type');
  const next = type === 'log' ? { ...others, type } : others;
  return { ...spec, [axis]: Object.keys(next).length > 0 ? { ...channel, scale: next } : channel };
}

/** The spec with a title; an empty one leaves it to Pika. */
export function withTitle(spec: PlotSpec, title: string): PlotSpec {
  return title.trim() === '' ? without(spec, 'title') : { ...spec, title: title.trim() };
}

/** The axes that show numbers, which can have a logarithmic scale. */
export function scalableAxes(spec: PlotSpec, columns: Columns): readonly Axis[] {
  if (plotChoice(spec) === 'bars') return [];
  return (['x', 'y'] as const).filter((axis) => {
    const column = findColumn(columns, spec[axis]?.field ?? '');
    return column !== undefined && fieldKind(column.type) === 'quantitative';
  });
}

function twoAxes(x: Channel | undefined, y: Channel | undefined, columns: Columns): { x: Channel; y: Channel } {
  const xField = fieldFor('continuous', x?.field, columns);
  const others = columns.filter(({ name }) => name !== xField);
  const yField = fieldFor('quantitative', y?.field, others) ?? fieldFor('quantitative', y?.field, columns);
  return { x: keepScale(channelOf(xField, columns), x), y: keepScale(channelOf(yField, columns), y) };
}

/** The wanted field when it fits, else the first that does, else the wanted one or the first of all. */
function fieldFor(
  wantedKind: 'continuous' | 'quantitative' | 'nominal',
  wanted: string | undefined,
  columns: Columns,
): string | undefined {
  const fits = ({ type }: ColumnInfo) => {
    const kind = fieldKind(type);
    return wantedKind === 'continuous' ? kind === 'quantitative' || kind === 'temporal' : kind === wantedKind;
  };
  const fitting = columns.filter(fits);
  return (
    fitting.find(({ name }) => name === wanted)?.name ??
    fitting[0]?.name ??
    columns.find(({ name }) => name === wanted)?.name ??
    columns[0]?.name
  );
}

function channelOf(field: string | undefined, columns: Columns): Channel {
  if (field === undefined) return {};
  const column = findColumn(columns, field);
  const kind = column ? fieldKind(column.type) : 'other';
  return column && kind !== 'other' ? { field, type: kind } : { field };
}

function keepScale(next: Channel, before: Channel | undefined): Channel {
  return before?.scale && before.field === next.field ? { ...next, scale: before.scale } : next;
}
