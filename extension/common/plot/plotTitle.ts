import { titleOfField } from './columnRoles.ts';
import type { Channel, PlotKind, PlotSpec } from './plotSpec.ts';

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
  }
}

/** The title of an axis: the user's own, or the name of its field. */
export function channelTitle(channel: Channel | undefined): string {
  return channel?.title ?? titleOfField(channel?.field ?? '');
}
