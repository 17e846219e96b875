import { titleOfField } from './columnRoles.ts';
import { groupsForm } from './groupsForm.ts';
import type { Aggregate, Channel, PlotKind, PlotSpec } from './plotSpec.ts';

const AGGREGATE_WORDS: Readonly<Record<Aggregate, string>> = {
  count: 'Rows',
  sum: 'Sum of',
  mean: 'Mean',
  median: 'Median',
  min: 'Lowest',
  max: 'Highest',
  distinct: 'Different',
  cume_dist: 'Share of rows',
};

/** The title over a plot: the user's own, or one made of its fields. */
export function plotTitle(spec: PlotSpec, kind: PlotKind): string {
  if (spec.title !== undefined) return spec.title;
  const x = channelTitle(spec.x);
  const y = channelTitle(spec.y);
  switch (kind) {
    case 'histogram':
      return x;
    case 'bars':
      return `Rows per ${x}`;
    case 'scatter':
      return `${y} against ${x}`;
    case 'line':
      return `${y} over ${x}`;
    case 'groups':
      return groupsTitle(spec);
  }
}

/** The title of an axis: the user's own, or the name of its field. */
export function channelTitle(channel: Channel | undefined): string {
  return channel?.title ?? titleOfField(channel?.field ?? '');
}

/** The title of an axis of aggregated values: `Mean delay`, `Rows`. */
export function aggregateTitle(channel: Channel, aggregate: Aggregate): string {
  if (channel.title !== undefined) return channel.title;
  const word = AGGREGATE_WORDS[aggregate];
  if (aggregate === 'count' || aggregate === 'cume_dist' || channel.field === undefined) return word;
  const field = titleOfField(channel.field);
  // A capital that the title has and the name has not goes again; one letter alone is a symbol.
  const isCapitalised = !/^\p{Lu}/u.test(channel.field) && /^\p{Lu}\p{Ll}/u.test(field);
  return `${word} ${isCapitalised ? field.charAt(0).toLowerCase() + field.slice(1) : field}`;
}

function groupsTitle(spec: PlotSpec): string {
  const form = groupsForm(spec);
  if (!form) return '';
  const places = channelTitle(spec[form.place]);
  const bySeries = form.series?.field === undefined ? '' : ` and ${channelTitle(form.series)}`;
  switch (form.shape) {
    case 'heat':
      return `${aggregateTitle(form.value, form.aggregate)} by ${channelTitle(spec.x)} and ${channelTitle(spec.y)}`;
    case 'steps':
      return `Distribution of ${places}${form.series?.field === undefined ? '' : ` by ${channelTitle(form.series)}`}`;
    case 'box':
      return places === '' ? channelTitle(form.value) : `${channelTitle(form.value)} by ${places}${bySeries}`;
    case 'bar':
    case 'line':
    case 'area':
      return `${aggregateTitle(form.value, form.aggregate)} by ${places}${bySeries}`;
  }
}
