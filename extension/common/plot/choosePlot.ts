import type { ColumnInfo } from '../protocol/engineContract.ts';
import { geographicPair, numberRole, planarPair } from './columnRoles.ts';
import { fieldKind, isIntegerType } from './fieldKind.ts';
import type { Channel, PlotSpec } from './plotSpec.ts';

/** What is known of a relation beyond its columns. */
export interface ColumnFacts {
  /** About how many different values a column holds, by its name. */
  readonly distinctCounts: ReadonlyMap<string, number>;
  /** Whether several rows stand at one time, so that a line through all of them would zigzag. */
  readonly repeatsTimes: boolean;
}

/** At most so many lines tell themselves apart by colour. */
export const MAX_CHOSEN_SERIES = 10;

/**
 * A good first plot for a relation: time and a number give a line, two numbers a density, one number a histogram,
 * a category its counts. Null when no column can be plotted.
 */
export function choosePlot(columns: readonly ColumnInfo[], facts?: ColumnFacts): PlotSpec | null {
  const times = columns.filter(({ type }) => isStamp(type));
  const measures = rankedMeasures(columns);
  const geographic = geographicPair(measures);
  const plain = measures.filter((column) => column !== geographic?.x && column !== geographic?.y);
  const [time] = times;
  const [first, second] = plain;
  if (time && first && numberRole(first.name) === 'measure') return line(time, first, columns, facts);
  const pair = geographic ?? planarPair(plain);
  if (pair) return scatter(pair.x, pair.y);
  if (first && second) return numberRole(second.name) === 'part' ? scatter(second, first) : scatter(first, second);
  if (first) return histogram(first);
  return onlyLabels(columns, time);
}

function onlyLabels(columns: readonly ColumnInfo[], time: ColumnInfo | undefined): PlotSpec | null {
  const category = bestCategory(columns);
  if (category) return bars(category);
  const rest = time ?? columns.find(({ type }) => fieldKind(type) === 'quantitative' || fieldKind(type) === 'temporal');
  return rest ? histogram(rest) : null;
}

function isStamp(type: string): boolean {
  return type === 'DATE' || type.startsWith('TIMESTAMP');
}

/** Numbers that are no labels: measures before parts of dates, fractions before whole numbers. */
function rankedMeasures(columns: readonly ColumnInfo[]): readonly ColumnInfo[] {
  const rank = ({ name, type }: ColumnInfo) => (numberRole(name) === 'part' ? 2 : isIntegerType(type) ? 1 : 0);
  return columns
    .filter(({ name, type }) => fieldKind(type) === 'quantitative' && numberRole(name) !== 'label')
    .toSorted((a, b) => rank(a) - rank(b));
}

function seriesColumn(columns: readonly ColumnInfo[], facts: ColumnFacts | undefined): ColumnInfo | undefined {
  return columns.find(({ name, type }) => {
    const count = facts?.distinctCounts.get(name) ?? 0;
    return fieldKind(type) === 'nominal' && count >= 2 && count <= MAX_CHOSEN_SERIES;
  });
}

function bestCategory(columns: readonly ColumnInfo[]): ColumnInfo | undefined {
  const categories = columns.filter(({ type }) => fieldKind(type) === 'nominal' && type !== 'UUID');
  return categories.find(({ name }) => numberRole(name) !== 'label') ?? categories[0];
}

function channel(column: ColumnInfo): Channel {
  const kind = fieldKind(column.type);
  return { field: column.name, type: kind === 'other' ? 'nominal' : kind };
}

/** One line per series, or one through the mean of each time. */
function line(
  time: ColumnInfo,
  measure: ColumnInfo,
  columns: readonly ColumnInfo[],
  facts: ColumnFacts | undefined,
): PlotSpec {
  const series = seriesColumn(columns, facts);
  const spec: PlotSpec = { mark: 'line', x: channel(time), y: channel(measure) };
  if (!series && facts?.repeatsTimes) return { ...spec, y: { ...channel(measure), aggregate: 'mean' } };
  return series ? { ...spec, color: { field: series.name, type: 'nominal' } } : spec;
}

function scatter(x: ColumnInfo, y: ColumnInfo): PlotSpec {
  return { mark: 'point', x: channel(x), y: channel(y) };
}

function histogram(column: ColumnInfo): PlotSpec {
  return { mark: 'bar', x: { ...channel(column), bin: true }, y: { aggregate: 'count' } };
}

function bars(column: ColumnInfo): PlotSpec {
  return { mark: 'bar', x: { field: column.name, type: 'nominal' }, y: { aggregate: 'count' } };
}
