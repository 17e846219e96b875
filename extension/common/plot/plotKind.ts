import type { PlotKind, PlotSpec } from './plotSpec.ts';

/** What a spec draws; null when it is none of the plots that Pika knows. */
export function plotKind(spec: PlotSpec): PlotKind | null {
  const { mark, x, y } = spec;
  const countsRows = y === undefined || (y.field === undefined && (y.aggregate ?? 'count') === 'count');
  if (mark === 'bar' && x?.field !== undefined && countsRows) return x.bin ? 'histogram' : 'bars';
  if (x?.field === undefined || y?.field === undefined || x.bin || y.bin) return null;
  if (mark === 'point' || mark === 'rect') return 'scatter';
  return mark === 'line' ? 'line' : null;
}
