import type { ColumnInfo } from '../protocol/engineContract.ts';
import { geographicPair, planarPair } from './columnRoles.ts';
import { fieldKind } from './fieldKind.ts';
import type { Channel, PlotSpec } from './plotSpec.ts';
import { bestCategory, isPart, rankedMeasures, rankedTimes, type HeadCounts } from './rankColumns.ts';

/** What is known of a relation beyond its columns. */
export interface ColumnFacts {
  /** How many different values the columns hold that may name lines, by name. */
  readonly distinctCounts: ReadonlyMap<string, number>;
  /** Whether several rows stand at one time, so that a line through all of them would zigzag. */
  readonly repeatsTimes: boolean;
  readonly head?: HeadCounts;
}

/** At most so many lines tell themselves apart by colour. */
export const MAX_CHOSEN_SERIES = 10;

/**
 * A good first plot for a relation: time and a number give a line, two numbers a density, one number a histogram,
 * a category its counts. Null when no column can be plotted.
 */
export function choosePlot(columns: readonly ColumnInfo[], facts?: ColumnFacts): PlotSpec | null {
  const head = facts?.head;
  const [time] = rankedTimes(columns, head);
  const measures = rankedMeasures(columns, head);
  const geographic = geographicPair(measures);
  const plain = measures.filter((column) => column !== geographic?.x && column !== geographic?.y);
  const [first, second] = plain;
  if (time && first && !isPart(first, head)) return line(time, first, columns, facts);
  const pair = geographic ?? planarPair(plain);
  if (pair) return scatter(pair.x, pair.y);
  if (first && second) return isPart(second, head) ? scatter(second, first) : scatter(first, second);
  if (first) return histogram(first);
  return onlyLabels(columns, { time, head });
}

function onlyLabels(
  columns: readonly ColumnInfo[],
  { time, head }: { readonly time: ColumnInfo | undefined; readonly head: HeadCounts | undefined },
): PlotSpec | null {
  const category = bestCategory(columns, head);
  if (category) return bars(category);
  const rest = time ?? columns.find(({ type }) => fieldKind(type) === 'quantitative' || fieldKind(type) === 'temporal');
  return rest ? histogram(rest) : null;
}

function seriesColumn(columns: readonly ColumnInfo[], facts: ColumnFacts | undefined): ColumnInfo | undefined {
  return columns.find(({ name, type }) => {
    const count = facts?.distinctCounts.get(name) ?? 0;
    return fieldKind(type) === 'nominal' && count >= 2 && count <= MAX_CHOSEN_SERIES;
  });
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
