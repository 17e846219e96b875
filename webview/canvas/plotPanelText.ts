import type { Aggregate, PlotSpec } from '#common/plot/plotSpec';
import { plotChoice } from './plotChoices.ts';
import { aggregateOf, valueChannel, type FieldChannel } from './plotEncoding.ts';

/** A field of the encoding panel: which column is on a channel. */
export interface FieldRow {
  readonly channel: FieldChannel;
  readonly label: string;
  readonly field: string;
  readonly placeholder: string;
  readonly isClearable: boolean;
}

/** What aggregates are called. */
export const AGGREGATES: Readonly<Record<Aggregate | 'none', string>> = {
  none: 'every row',
  count: 'number of rows',
  sum: 'sum',
  mean: 'mean',
  median: 'median',
  min: 'lowest',
  max: 'highest',
  distinct: 'different values',
  cume_dist: 'share up to here',
};

/** What a number axis can be. */
export const SCALES = [
  { value: 'linear', label: 'linear' },
  { value: 'log', label: 'log' },
  { value: 'symlog', label: 'symlog (log, with zero and below)' },
  { value: 'sqrt', label: 'square root' },
];

/** The clocks that a time axis can show. */
export const CLOCKS = [
  { value: 'utc', label: 'UTC' },
  { value: 'time', label: 'local time' },
];

export const STACKINGS = [
  { value: 'zero', label: 'stacked' },
  { value: 'normalize', label: 'stacked as shares' },
  { value: 'group', label: 'side by side' },
  { value: 'overlay', label: 'overlaid' },
];

export const SORTINGS = [
  { value: 'auto', label: 'automatic' },
  { value: 'largest', label: 'largest first' },
  { value: 'smallest', label: 'smallest first' },
  { value: 'ascending', label: 'by name' },
  { value: 'descending', label: 'by name, descending' },
];

/** The channels that a plot can put columns on. */
export function fieldRows(spec: PlotSpec): readonly FieldRow[] {
  const choice = plotChoice(spec);
  const value = valueChannel(spec);
  const isCounted = aggregateOf(spec) === 'count';
  const row = (channel: FieldChannel, label: string, placeholder = '', isClearable = false): FieldRow[] => [
    { channel, label, field: spec[channel]?.field ?? '', placeholder, isClearable },
  ];
  const axis = (channel: 'x' | 'y') => {
    if (value === channel && isCounted && choice !== 'box') return row(channel, channel, 'number of rows', true);
    return row(channel, channel, choice === 'box' ? 'all rows' : '', choice === 'box' && value !== channel);
  };
  const color = row('color', 'Colour', 'one colour', true);
  switch (choice) {
    case 'histogram':
      return [...row(spec.x?.bin ? 'x' : 'y', spec.x?.bin ? 'x' : 'y'), ...color];
    case 'ecdf':
      return [...row('x', 'x'), ...color];
    case 'heat':
      return [...axis('x'), ...axis('y'), ...row('color', 'Colour', 'number of rows', true)];
    case 'scatter':
      return [...axis('x'), ...axis('y'), ...color, ...row('size', 'Size', 'one size', true)];
    case 'line':
    case 'area':
    case 'bars':
    case 'box':
      return [...axis('x'), ...axis('y'), ...color];
  }
}
