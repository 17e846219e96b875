import type { PlotHeader } from '#common/plot/plotData';
import type { AxisSelection, PlotSelection } from '#common/plot/plotSelection';
import { formatValue } from '../axes/formatValue.ts';
import { seriesName } from '../seriesName.ts';
import type { AxisName } from '../view/plotWindow.ts';

const MOST_NAMES = 5;

/** A selection in words, for those who do not see it: `delay from 10 to 50, fare from 2 to 8`. */
export function selectionWords(selection: PlotSelection, header: PlotHeader): string {
  if (selection.kind === 'polygon') return `inside a shape of ${selection.corners.length} corners`;
  const parts = (['x', 'y'] as const).map((name) => axisWords(selection[name], header, name));
  return parts.filter(Boolean).join(', ');
}

function axisWords(part: AxisSelection | undefined, header: PlotHeader, name: AxisName): string {
  const axis = header[name];
  if (!part || part.kind === 'placed' || axis.kind === 'count') return '';
  const title = axis.title || axis.field;
  if (part.kind === 'categories') {
    const all = [...part.names.map(seriesName), ...(part.othersThan ? ['other'] : [])];
    const named = all.slice(0, MOST_NAMES).join(', ');
    return all.length > MOST_NAMES ? `${title} ${named} and ${all.length - MOST_NAMES} more` : `${title} ${named}`;
  }
  if (axis.kind === 'nominal') return '';
  const end = part.isHighIncluded ? 'to' : 'up to, but not,';
  return `${title} from ${formatValue(part.low, axis, 0)} ${end} ${formatValue(part.high, axis, 0)}`;
}
