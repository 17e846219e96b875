import { fieldKind } from '#common/plot/fieldKind';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { ColumnProfile, ProfileBin } from '#common/table/columnProfile';
import type { RowsView } from '#common/table/tableView';
import { axisSql } from './axisSql.ts';
import { columnsNeeded, placedRelation, placeName, whereSql } from './viewSql.ts';

/** Bars of a profile's histogram. */
export const PROFILE_BINS = 24;
const TOP_VALUES = 8;
const QUANTILES = '[0.05, 0.25, 0.5, 0.75, 0.95]';
const OUTLIER_DISTANCE = 1.5;
/** Beyond it sums and squares of doubles overflow, which DuckDB takes for a fault of the whole query. */
const SUMMABLE = '1e150';

/** What a profile is asked for. */
export interface ProfileQuestion {
  readonly column: number;
  readonly view: RowsView;
  /** Null for all rows, else the share of rows to look at, in percent. */
  readonly samplePercent: number | null;
}

type Row = Readonly<Record<string, unknown>>;

/** The figures of a column in one scan; `readProfile` reads its only row. */
export function profileSql(relation: string, columns: readonly ColumnInfo[], question: ProfileQuestion): string {
  const { type = '' } = columns[question.column] ?? {};
  const kind = fieldKind(type);
  const isOrdered = kind === 'quantitative' || kind === 'temporal';
  const isExact = question.samplePercent === null;
  const distinct = isExact && kind !== 'other' ? 'count(DISTINCT value)' : 'approx_count_distinct(value)';
  const list = [
    'CAST(count(*) AS DOUBLE) AS row_count',
    'CAST(count(*) - count(value) AS DOUBLE) AS null_count',
    `CAST(${distinct} AS DOUBLE) AS distinct_count`,
  ];
  if (kind !== 'other') list.push('CAST(min(value) AS VARCHAR) AS minimum', 'CAST(max(value) AS VARCHAR) AS maximum');
  if (isOrdered) {
    list.push('min(place) AS low', 'max(place) AS high', `approx_quantile(place, ${QUANTILES}) AS quantiles`);
    list.push(`${summable('avg')} AS mean`, `${summable('stddev_samp')} AS deviation`);
  }
  if (type === 'VARCHAR') {
    list.push('CAST(count(TRY_CAST(value AS DOUBLE)) AS DOUBLE) AS numeric_texts');
    list.push('CAST(count(TRY_CAST(value AS TIMESTAMP)) AS DOUBLE) AS date_texts');
  }
  return `SELECT ${list.join(', ')} FROM ${valuesOf(relation, columns, question)}`;
}

/** Counts per bar, and values far out, between the ends that `profileSql` found. */
export function profileBinsSql(
  relation: string,
  columns: readonly ColumnInfo[],
  question: ProfileQuestion,
  figures: Row,
): string {
  const [low, high] = [Number(figures['low']), Number(figures['high'])];
  // The distance from one end to the other may be more than a double holds.
  const isShort = Number.isFinite(high - low);
  const width = isShort ? (high - low) / PROFILE_BINS : high / PROFILE_BINS - low / PROFILE_BINS;
  const steps = isShort
    ? `(place - ${double(low)}) / ${double(width)}`
    : `place / ${double(width)} - ${double(low)} / ${double(width)}`;
  const bin = width > 0 ? `least(${PROFILE_BINS - 1}, floor(${steps}))` : '0';
  const [first, last] = fences(figures);
  const isFar = `place < ${double(first)} OR place > ${double(last)}`;
  return `SELECT CAST(${bin} AS DOUBLE) AS bin, CAST(count(*) AS DOUBLE) AS count, CAST(count(*) FILTER (${isFar}) AS DOUBLE) AS outliers FROM ${valuesOf(relation, columns, question)} WHERE place IS NOT NULL GROUP BY ALL`;
}

/** The most frequent values. */
export function topValuesSql(relation: string, columns: readonly ColumnInfo[], question: ProfileQuestion): string {
  return `SELECT CAST(value AS VARCHAR) AS value, CAST(count(*) AS DOUBLE) AS count FROM ${valuesOf(relation, columns, question)} WHERE value IS NOT NULL GROUP BY value ORDER BY count DESC, value LIMIT ${TOP_VALUES}`;
}

/** A profile from the rows of the queries above. */
export function readProfile(figures: Row, bins: readonly Row[], top: readonly Row[], isExact: boolean): ColumnProfile {
  const numberAt = (key: string) => Number(figures[key] ?? 0);
  const textAt = (key: string) => (typeof figures[key] === 'string' ? figures[key] : null);
  const figureAt = (key: string) => (typeof figures[key] === 'number' ? figures[key] : null);
  return {
    isExact,
    rowCount: numberAt('row_count'),
    nullCount: numberAt('null_count'),
    distinctCount: Math.min(numberAt('distinct_count'), numberAt('row_count') - numberAt('null_count')),
    minimum: textAt('minimum'),
    maximum: textAt('maximum'),
    mean: figureAt('mean'),
    standardDeviation: figureAt('deviation'),
    quantiles: quantilesOf(figures),
    bins: binsOf(figures, bins),
    topValues: top.map(({ value, count }) => ({
      value: typeof value === 'string' ? value : null,
      count: Number(count),
    })),
    outlierCount: bins.reduce((sum, { outliers }) => sum + Number(outliers), 0),
    numericTextCount: numberAt('numeric_texts'),
    dateTextCount: numberAt('date_texts'),
  };
}

function valuesOf(relation: string, columns: readonly ColumnInfo[], question: ProfileQuestion): string {
  const { column, view, samplePercent } = question;
  const { type = '' } = columns[column] ?? {};
  const name = placeName(column);
  const kind = fieldKind(type);
  const axis = kind === 'quantitative' || kind === 'temporal' ? axisSql(name, type, 'linear') : null;
  const place = axis ? `CASE WHEN ${axis.isPlaced} THEN ${axis.value} END` : 'NULL::DOUBLE';
  const from = placedRelation({ relation }, Math.max(column + 1, columnsNeeded(columns, view)));
  const sample = samplePercent === null ? '' : ` USING SAMPLE ${samplePercent} PERCENT (system, 1)`;
  return `(SELECT ${name} AS value, ${place} AS place FROM ${from}${whereSql(columns, view)}${sample})`;
}

function quantilesOf(figures: Row): readonly number[] {
  const { quantiles } = figures;
  if (quantiles === null || quantiles === undefined) return [];
  return Array.from(quantiles as Iterable<number>, Number);
}

function fences(figures: Row): readonly [number, number] {
  const [, first = 0, , third = 0] = quantilesOf(figures);
  const reach = (third - first) * OUTLIER_DISTANCE;
  return [first - reach, third + reach];
}

function binsOf(figures: Row, rows: readonly Row[]): readonly ProfileBin[] {
  if (rows.length === 0) return [];
  const [low, high] = [Number(figures['low']), Number(figures['high'])];
  const counts = new Map(rows.map(({ bin, count }) => [Number(bin), Number(count)]));
  if (low === high) return [{ low, high, count: counts.get(0) ?? 0 }];
  const edge = (index: number) =>
    Number.isFinite(high - low)
      ? low + ((high - low) * index) / PROFILE_BINS
      : low * (1 - index / PROFILE_BINS) + high * (index / PROFILE_BINS);
  return Array.from({ length: PROFILE_BINS }, (_, index) => ({
    low: edge(index),
    high: edge(index + 1),
    count: counts.get(index) ?? 0,
  }));
}

/** An aggregate of all places, null where one of them is too large to be summed. */
function summable(aggregate: string): string {
  const isIn = `abs(place) < ${SUMMABLE}`;
  return `CASE WHEN max(abs(place)) < ${SUMMABLE} THEN ${aggregate}(CASE WHEN ${isIn} THEN place END) END`;
}

function double(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}
