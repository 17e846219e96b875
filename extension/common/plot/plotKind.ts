import { groupsForm } from './groupsForm.ts';
import type { PlotKind, PlotSpec } from './plotSpec.ts';

/** What a spec draws; null when it is none of the plots that Pika knows. */
export function plotKind(spec: PlotSpec): PlotKind | null {
  const { mark, x, y } = spec;
  if (isPlainCount(spec)) return x?.bin ? 'histogram' : 'bars';
  if (groupsForm(spec)) return 'groups';
  if (x?.field === undefined || y?.field === undefined || x.bin || y.bin) return null;
  if (mark === 'point' || mark === 'rect') return 'scatter';
  return mark === 'line' ? 'line' : null;
}

/** Rows per bin or category of x, in the order of the categories or of their counts. */
function isPlainCount({ mark, x, y, color }: PlotSpec): boolean {
  const countsRows = y === undefined || (y.field === undefined && (y.aggregate ?? 'count') === 'count');
  const hasOwnOrder = x?.sort !== undefined && x.sort !== null;
  const isSpread = (y?.scale?.type ?? 'linear') !== 'linear';
  const isPlain = color?.field === undefined && !hasOwnOrder && !isSpread && x?.timeUnit === undefined;
  return mark === 'bar' && x?.field !== undefined && x.aggregate === undefined && countsRows && isPlain;
}
