import type { ContinuousAxis, GroupsHeader, PlotHeader } from '#common/plot/plotData';
import { formatCount, formatShare, formatValue } from './axes/formatValue.ts';
import { groupLines } from './groups/groupTip.ts';
import type { PlotCounts } from './plotRenderer.ts';

const KIND_NAMES = {
  histogram: 'Histogram',
  scatter: 'Scatter plot',
  line: 'Line chart',
  bars: 'Bar chart',
} as const;

/** Says what is not in the picture, or nothing: `1,204 rows without x or y`. */
export function captionOf(header: PlotHeader): string {
  const size = header.plotKind === 'scatter' ? header.sizeLeftOut : undefined;
  const sizePart = size === undefined ? '' : `too many rows to show ${size} as sizes`;
  return [missingText(header), sizePart].filter(Boolean).join(' · ');
}

function missingText(header: PlotHeader): string {
  const missing = header.rowCount - header.drawableCount;
  if (missing <= 0) return '';
  const axes = lackingAxes(header);
  const infinite = axes.reduce((sum, axis) => sum + axis.infiniteCount, 0);
  const infinitePart = infinite > 0 ? `, ${formatCount(infinite)} infinite` : '';
  return `${rows(missing)} without ${axes.map(nameOf).join(' or ')}${infinitePart}`;
}

/** The axes that some rows have no value on; all that a row needs one on where none is known to lack any. */
function lackingAxes(header: PlotHeader): readonly ContinuousAxis[] {
  const axes = [...continuousAxes(header), ...cellColorAxis(header)];
  const lacking = axes.filter(({ nullCount, infiniteCount }) => nullCount + infiniteCount > 0);
  return lacking.length > 0 ? lacking : axes;
}

/** Says of a plot that is shown larger than it was made what it was made for, and why it stays so if something went wrong. */
export function zoomText(header: PlotHeader, failure: string | null): string {
  const parts = enlargedParts(header);
  if (parts === '') return '';
  return `${parts} of the whole plot, enlarged${failure === null ? '' : `; no more detail: ${failure}`}`;
}

function enlargedParts(header: PlotHeader): string {
  switch (header.plotKind) {
    case 'scatter':
      return 'Cells';
    case 'histogram':
      return 'Bins';
    case 'line':
      return 'Line';
    case 'bars':
    case 'groups':
      return '';
  }
}

/** What stands in the place of a plot that has nothing to draw. */
export function emptyText(header: PlotHeader): { readonly title: string; readonly detail: string } {
  if (header.rowCount === 0) return { title: 'No rows to plot', detail: 'The data has columns but no rows.' };
  const axes = lackingAxes(header);
  const where = axes.length > 0 ? axes.map(nameOf).join(' and ') : header.x.title || 'the plot';
  const isLog = axes.some(({ scale }) => scale === 'log');
  return {
    title: isLog ? `No values above zero in ${where}` : `No finite values to plot in ${where}`,
    detail: isLog
      ? `${rows(header.rowCount)}, none with a value that a log axis can show. Choose a linear or symlog scale.`
      : `${rows(header.rowCount)}, all null, NaN or infinite there.`,
  };
}

/** The plot in one or two sentences, for those who do not see it. */
export function plotSummary(header: PlotHeader, counts: PlotCounts | null): string {
  const head = `${kindName(header)}${header.title ? `: ${header.title}` : ''}. ${rows(header.drawableCount)}.`;
  const ranges = continuousAxes(header).map((axis) => {
    const [low, high] = axis.domain.map((value) => formatValue(value, axis, 0));
    return `${nameOf(axis)} from ${low ?? ''} to ${high ?? ''}.`;
  });
  const missing = missingText(header);
  return [head, ...ranges, peakSentence(header, counts), missing && `${missing}.`].filter(Boolean).join(' ');
}

/** `64,120 rows · 2.2 %`: how much is selected. */
export function selectedText(selectedRows: number, rowCount: number): string {
  return `${rows(selectedRows)} · ${formatShare(selectedRows, rowCount)}`;
}

const SHAPE_NAMES = {
  bar: 'Bar chart',
  line: 'Line chart',
  area: 'Area chart',
  box: 'Box plot',
  heat: 'Heat map',
  steps: 'Distribution',
} as const;

function kindName(header: PlotHeader): string {
  return header.plotKind === 'groups' ? SHAPE_NAMES[header.shape] : KIND_NAMES[header.plotKind];
}

/** The largest and the smallest of all groups. */
function groupsSentence(header: GroupsHeader): string {
  const known = header.groups.filter((group) => group.value !== null);
  const [first] = known;
  if (!first || header.shape === 'steps') return `${formatCount(known.length)} groups.`;
  const largest = known.reduce((one, other) => ((other.value ?? 0) > (one.value ?? 0) ? other : one), first);
  const named = groupLines(header, largest, header.drawableCount).join(', ');
  return `${formatCount(known.length)} groups. Largest: ${named}.`;
}

function peakSentence(header: PlotHeader, counts: PlotCounts | null): string {
  if (header.plotKind === 'groups') return groupsSentence(header);
  if (!counts || counts.maximum === 0) return '';
  const peak = counts.counts.indexOf(counts.maximum);
  if (header.plotKind === 'histogram') {
    const [low, high] = [header.edges[peak] ?? 0, header.edges[peak + 1] ?? 0].map((edge) =>
      formatValue(edge, header.x, 0),
    );
    return `Most rows, ${formatCount(counts.maximum)}, between ${low ?? ''} and ${high ?? ''}.`;
  }
  if (header.plotKind === 'bars') {
    return `Most rows, ${formatCount(counts.maximum)}, in ${header.x.categories[peak] ?? 'null'}.`;
  }
  return header.plotKind === 'scatter' ? `At most ${rows(counts.maximum)} in one cell.` : '';
}

/** The axis that a row needs a value on to be in a coloured cell. */
function cellColorAxis(header: PlotHeader): readonly ContinuousAxis[] {
  if (header.plotKind !== 'scatter' || header.cellValue === undefined) return [];
  return header.color && header.color.kind !== 'nominal' ? [header.color] : [];
}

function continuousAxes(header: PlotHeader): readonly ContinuousAxis[] {
  return [header.x, header.y].filter((axis): axis is ContinuousAxis => 'domain' in axis && axis.field !== '');
}

const nameOf = (axis: ContinuousAxis): string => axis.title || axis.field;

const rows = (count: number): string => `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
