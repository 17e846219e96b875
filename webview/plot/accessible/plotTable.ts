import type { ContinuousAxis, GroupAxis, GroupsHeader, PlotGroup, PlotHeader } from '#common/plot/plotData';
import type { PlotRows } from '#common/protocol/plotContract';
import { formatCount, formatShare, formatValue } from '../axes/formatValue.ts';
import { valueAxisName } from '../groups/groupAxes.ts';
import type { ShownCounts } from '../plotSession.ts';
import { seriesName } from '../seriesName.ts';

/** What a plot shows, as a table. */
export interface PlotTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const MOST_ROWS = 500;
const FIGURE_RESOLUTION = 1e4;

/** The bins, bars or groups of a plot; null for plots of single rows, whose table is made of rows. */
export function drawnTable(header: PlotHeader, shown: ShownCounts | null, rowCount: number): PlotTable | null {
  switch (header.plotKind) {
    case 'histogram':
    case 'bars':
      return shown && countsTable(header, shown, rowCount);
    case 'groups':
      return groupsTable(header, rowCount);
    case 'scatter':
    case 'line':
      return null;
  }
}

/** The first rows of what is plotted, as DuckDB writes them. */
export function rowsTable({ columns, rows, rowCount }: PlotRows): PlotTable {
  return {
    caption: `First ${formatCount(rows.length)} of ${formatCount(rowCount)} rows`,
    columns: columns.map(({ name }) => name),
    rows: rows.map((row) => row.map((text) => text ?? 'null')),
  };
}

function countsTable(
  header: Extract<PlotHeader, { plotKind: 'histogram' | 'bars' }>,
  { counts, part }: ShownCounts,
  rowCount: number,
): PlotTable {
  const place = (index: number): readonly string[] => {
    if (header.plotKind === 'bars') return [seriesName(header.x.categories[index])];
    return [index, index + 1].map((edge) => formatValue(part.edges[edge] ?? 0, header.x, 0));
  };
  const title = header.x.title || header.x.field;
  const rows = [...counts.counts].map((count, index) => [
    ...place(index),
    formatCount(count),
    formatShare(count, rowCount),
  ]);
  return limited(
    header.plotKind === 'bars' ? 'Rows by category' : 'Rows by bin',
    header.plotKind === 'bars' ? [title, 'Rows', 'Share'] : [`${title} from`, 'to', 'Rows', 'Share'],
    rows,
  );
}

function groupsTable(header: GroupsHeader, rowCount: number): PlotTable {
  const isHeat = header.shape === 'heat';
  const isBox = header.shape === 'box';
  const hasSeries = header.series.length > 1;
  const axis = isHeat ? header.x : header[header.place];
  const columns = [
    axis.title || axis.field || 'Group',
    ...(isHeat ? [header.y.title] : []),
    ...(hasSeries ? [header.seriesTitle ?? 'Series'] : []),
    ...(isBox ? ['Low', 'First quartile', 'Median', 'Third quartile', 'High'] : [header.valueTitle]),
    'Rows',
    'Share',
  ];
  const rows = header.groups.map((group) => [
    placeText(axis, group.at, group.end),
    ...(isHeat ? [placeText(header.y, group.row ?? 0, group.rowEnd)] : []),
    ...(hasSeries ? [seriesName(header.series[group.series])] : []),
    ...figures(header, group),
    formatCount(group.rows),
    formatShare(group.rows, rowCount),
  ]);
  return limited('Groups of the plot', columns, rows);
}

function figures(header: GroupsHeader, { value, box }: PlotGroup): readonly string[] {
  const axis = header[valueAxisName(header)];
  const [low, high] = header.valueDomain;
  const text = (figure: number) => {
    if (header.shape !== 'heat' && axis.kind === 'temporal') return formatValue(figure, axis, 0);
    const plain = { kind: 'quantitative', type: 'DOUBLE' } as ContinuousAxis;
    const resolution = Math.max(Math.abs(low), Math.abs(high)) / FIGURE_RESOLUTION;
    return formatValue(figure, plain, Number.isInteger(figure) ? 1 : resolution);
  };
  if (value === null) return [''];
  return box ? [box.low, box.firstQuartile, value, box.thirdQuartile, box.high].map(text) : [text(value)];
}

function placeText(axis: GroupAxis, at: number, end: number | undefined): string {
  if (axis.field === '') return 'all rows';
  if (axis.kind === 'nominal') return seriesName(axis.categories[at]);
  const from = formatValue(at, axis, 0);
  return end === undefined ? from : `${from} … ${formatValue(end, axis, 0)}`;
}

function limited(caption: string, columns: readonly string[], rows: readonly (readonly string[])[]): PlotTable {
  if (rows.length <= MOST_ROWS) return { caption, columns, rows };
  const of = `the first ${formatCount(MOST_ROWS)} of ${formatCount(rows.length)}`;
  return { caption: `${caption}, ${of}`, columns, rows: rows.slice(0, MOST_ROWS) };
}
