import { valueOf } from '#common/plot/fixedPoint';
import type { ContinuousAxis, PlotHeader } from '#common/plot/plotData';
import type { ColumnFigures, SelectionFigures } from '../../gpu/selectionFigures.ts';
import { formatShare, formatValue } from '../axes/formatValue.ts';
import { seriesName } from '../seriesName.ts';

const MOST_CATEGORIES = 5;
/** Digits of a figure that are worth reading, as a share of the distance between the quartiles. */
const RESOLUTION_SHARE = 100;

/** What the figures of a selection say, a line for each axis and one for its categories. */
export function figureLines(
  header: PlotHeader,
  { rowCount, columns, categories }: SelectionFigures,
): readonly string[] {
  if (rowCount === 0) return [];
  const axes = [header.x, header.y].filter((axis): axis is ContinuousAxis => 'origin' in axis);
  const lines = columns.map((figures, index) => {
    const axis = axes[index];
    return axis ? axisLine(axis, figures) : '';
  });
  return [...lines, categories ? categoryLine(header, categories, rowCount) : ''].filter(Boolean);
}

function axisLine(axis: ContinuousAxis, { quartiles, mean }: ColumnFigures): string {
  const [first, median, third] = quartiles.map((code) => valueOf(code, axis));
  if (first === undefined || median === undefined || third === undefined) return '';
  const resolution = Math.max(axis.step, Math.abs(third - first) / RESOLUTION_SHARE);
  const text = (value: number) => formatValue(value, axis, resolution);
  const isLinear = (axis.scale ?? 'linear') === 'linear';
  const meanPart = isLinear ? `, mean ${text(valueOf(mean, axis))}` : '';
  return `${axis.title || axis.field}: median ${text(median)}, half between ${text(first)} and ${text(third)}${meanPart}`;
}

function categoryLine(header: PlotHeader, counts: Uint32Array, rowCount: number): string {
  const names = namesOf(header);
  const shown = [...counts.keys()]
    .filter((index) => (counts[index] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const parts = shown
    .slice(0, MOST_CATEGORIES)
    .map((index) => `${seriesName(names[index])} ${formatShare(counts[index] ?? 0, rowCount)}`);
  const left = shown.length - parts.length;
  return parts.length === 0 ? '' : `${parts.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

function namesOf(header: PlotHeader): readonly (string | null)[] {
  if (header.plotKind === 'line') return header.series;
  return header.plotKind === 'scatter' && header.color?.kind === 'nominal' ? header.color.categories : [];
}
