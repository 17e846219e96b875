import type { Aggregate } from '#common/plot/plotSpec';
import type { GroupPlaces } from './groupPlaces.ts';

/** One thing that rows are grouped by. */
export interface GroupKey {
  readonly places: GroupPlaces;
  /** So many categories are kept; the others become one more. */
  readonly limit: number;
  /** Which categories are kept: those with the most rows, or with the largest or smallest value. */
  readonly keeps: 'frequent' | 'largest' | 'smallest';
}

/** What a plot of groups is made from. */
export interface GroupsParts {
  /** Text that can stand after FROM. */
  readonly from: string;
  readonly keys: readonly GroupKey[];
  /** SQL of the value that is aggregated, null where a row has none; null to count rows. */
  readonly measure: string | null;
  readonly aggregate: Aggregate;
}

/** At most so many outliers of a box are shown. */
export const MOST_OUTLIERS = 50;
const WHISKER = 1.5;

/**
 * One row per group: for key `i` the columns `at{i}` (a number, or the place of a category from 0), and for categories
 * `name{i}` (null is the null category and *other*), `natural{i}` (its place in its own order), `rank{i}` and `total{i}`; `value` and `rows`.
 */
export function groupsSql(parts: GroupsParts): string {
  const { keys } = parts;
  return `${rowsSql(parts)} SELECT ${placeColumns(keys).join(', ')}, ${valueSql(parts)} AS value, ${countSql(parts)} AS "rows" FROM placed GROUP BY ${groupColumns(keys).join(', ')}`;
}

/** The same with the figures of a box: `low`, `q1`, `value` (the median), `q3`, `high`, `outliers` (a text) and `outlier_count`. */
export function boxesSql(parts: GroupsParts): string {
  const { keys } = parts;
  const columns = groupColumns(keys);
  const list = columns.join(', ');
  const quartiles = `quartiles AS (SELECT ${list}, quantile_cont(measure, 0.25) AS q1, median(measure) AS q2, quantile_cont(measure, 0.75) AS q3 FROM placed GROUP BY ${list})`;
  const same = columns.map((name) => `placed.${name} IS NOT DISTINCT FROM quartiles.${name}`).join(' AND ');
  const isInside = `measure BETWEEN q1 - ${WHISKER} * (q3 - q1) AND q3 + ${WHISKER} * (q3 - q1)`;
  const joined = `joined AS (SELECT placed.*, q1, q2, q3, ${isInside} AS is_inside FROM placed JOIN quartiles ON ${same})`;
  const figures = [
    'any_value(q1) AS q1',
    'any_value(q2) AS value',
    'any_value(q3) AS q3',
    'min(measure) FILTER (is_inside) AS low',
    'max(measure) FILTER (is_inside) AS high',
    `coalesce(array_to_string((list(measure ORDER BY measure) FILTER (NOT is_inside))[1:${MOST_OUTLIERS}], ','), '') AS outliers`,
    'count(*) FILTER (NOT is_inside) AS outlier_count',
    'count(measure) AS "rows"',
  ];
  return `${rowsSql(parts)}, ${quartiles}, ${joined} SELECT ${placeColumns(keys).join(', ')}, ${figures.join(', ')} FROM joined GROUP BY ${list}`;
}

/** The common table expressions up to `placed`: every row with its place on every key, and its measure. */
function rowsSql({ from, keys, measure, aggregate }: GroupsParts): string {
  const inner = keys.map(({ places }, index) => `${places.key} AS key${index}`);
  const conditions = keys.flatMap(({ places }) => (places.kind === 'category' ? [] : [places.isPlaced]));
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const rows = `"rows" AS MATERIALIZED (SELECT ${[...inner, `${measure ?? 'NULL'} AS measure`].join(', ')} FROM ${from}${where})`;
  const kept = keys.map((key, index) => keptSql(key, index, measure, aggregate)).filter((sql) => sql !== null);
  const columns = keys.flatMap(({ places }, index) =>
    places.kind === 'category'
      ? [`coalesce(rank${index}, -1) AS at${index}`, `name${index}`, `natural${index}`, `total${index}`]
      : [`key${index} AS at${index}`],
  );
  const joins = keys.map(({ places }, index) =>
    places.kind === 'category' ? ` LEFT JOIN kept${index} ON key${index} IS NOT DISTINCT FROM name${index}` : '',
  );
  const placed = `placed AS (SELECT ${[...columns, 'measure'].join(', ')} FROM "rows"${joins.join('')})`;
  return `WITH ${[rows, ...kept, placed].join(', ')}`;
}

function keptSql(key: GroupKey, index: number, measure: string | null, aggregate: Aggregate): string | null {
  if (key.places.kind !== 'category') return null;
  const name = `key${index}`;
  const value = key.keeps === 'frequent' ? 'count(*)' : aggregateSql(aggregate, measure);
  const direction = key.keeps === 'smallest' ? 'ASC' : 'DESC';
  const all = `SELECT ${name} AS name${index}, ${value} AS weight FROM "rows" GROUP BY ${name}`;
  const ranks = [
    `row_number() OVER (ORDER BY weight ${direction} NULLS LAST, name${index} NULLS LAST) - 1 AS rank${index}`,
    `row_number() OVER (ORDER BY name${index} NULLS LAST) - 1 AS natural${index}`,
    `count(*) OVER () AS total${index}`,
  ];
  return `kept${index} AS (SELECT * FROM (SELECT name${index}, ${ranks.join(', ')} FROM (${all})) WHERE rank${index} < ${key.limit})`;
}

function placeColumns(keys: readonly GroupKey[]): readonly string[] {
  return keys.flatMap(({ places }, index) => {
    if (places.kind !== 'category') return [`CAST(at${index} AS DOUBLE) AS at${index}`];
    const name = `CAST(any_value(name${index}) AS VARCHAR) AS name${index}`;
    const facts = ['natural', 'total'].map((fact) => `CAST(max(${fact}${index}) AS DOUBLE) AS ${fact}${index}`);
    return [`CAST(at${index} AS DOUBLE) AS at${index}`, name, ...facts];
  });
}

function groupColumns(keys: readonly GroupKey[]): readonly string[] {
  return keys.map((_, index) => `at${index}`);
}

function valueSql({ aggregate, measure }: GroupsParts): string {
  return `CAST(${aggregateSql(aggregate, measure === null ? null : 'measure')} AS DOUBLE)`;
}

function countSql({ aggregate, measure }: GroupsParts): string {
  return `CAST(${aggregate === 'count' || measure === null ? 'count(*)' : 'count(measure)'} AS DOUBLE)`;
}

function aggregateSql(aggregate: Aggregate, measure: string | null): string {
  if (measure === null || aggregate === 'count' || aggregate === 'cume_dist') return 'count(*)';
  const name = 'measure';
  switch (aggregate) {
    case 'sum':
      return `sum(${name})`;
    case 'mean':
      return `avg(${name})`;
    case 'median':
      return `median(${name})`;
    case 'min':
      return `min(${name})`;
    case 'max':
      return `max(${name})`;
    case 'distinct':
      return `count(DISTINCT ${name})`;
  }
}
