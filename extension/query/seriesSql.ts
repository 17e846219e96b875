import { fieldKind } from '#common/plot/fieldKind';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { quoteIdentifier } from './quote.ts';

/** Rows that are looked at, whatever the size of the data. */
const SAMPLE_ROWS = 20_000;
const MAX_COLUMNS = 16;
/** A time counts as shared by several lines when there are this many rows for each time. */
const MIN_ROWS_PER_TIME = 1.3;
/** A column names the lines when it and the time tell this share of the rows apart. */
const MIN_DISTINCT_SHARE = 0.9;

/** The columns that may name the lines of a line plot: the first few categories. */
export function seriesCandidates(columns: readonly ColumnInfo[]): readonly ColumnInfo[] {
  return columns.filter(({ type }) => fieldKind(type) === 'nominal').slice(0, MAX_COLUMNS);
}

/** Counts over a relation's first rows from which `readSeriesCounts` tells which column names the lines: one row. */
export function seriesSql(relation: string, time: string, candidates: readonly ColumnInfo[]): string {
  const x = quoteIdentifier(time);
  const counts = candidates.flatMap(({ name }, index) => {
    const column = quoteIdentifier(name);
    return [`count(DISTINCT ${column}) AS "values ${index}"`, `count(DISTINCT (${x}, ${column})) AS "pairs ${index}"`];
  });
  const all = ['count(*) AS "rows"', `count(DISTINCT ${x}) AS "times"`, ...counts];
  return `SELECT ${all.join(', ')} FROM (SELECT * FROM ${relation} LIMIT ${SAMPLE_ROWS})`;
}

/** What the counts tell of the lines of a plot. */
export interface SeriesCounts {
  /** Distinct values, by column name, of the columns that name the lines: those with about one row per time and value. */
  readonly distinctCounts: ReadonlyMap<string, number>;
  /** Whether several rows share a time. */
  readonly repeatsTimes: boolean;
}

/** The counts in the row of `seriesSql`. */
export function readSeriesCounts(
  row: Readonly<Record<string, unknown>>,
  candidates: readonly ColumnInfo[],
): SeriesCounts {
  const numberAt = (key: string) => Number(row[key] ?? 0);
  const rows = numberAt('rows');
  if (rows < MIN_ROWS_PER_TIME * numberAt('times')) return { distinctCounts: new Map(), repeatsTimes: false };
  const counts = candidates.map(({ name }, index) => ({
    name,
    values: numberAt(`values ${index}`),
    pairs: numberAt(`pairs ${index}`),
  }));
  const naming = counts.filter(({ pairs }) => pairs >= MIN_DISTINCT_SHARE * rows);
  return { distinctCounts: new Map(naming.map(({ name, values }) => [name, values])), repeatsTimes: true };
}
