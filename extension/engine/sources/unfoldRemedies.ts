import { SOURCE_IN_QUERY, type Remedy } from '#common/base/pikaError';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { quoteIdentifier } from '../../query/quote.ts';

const MAX_REMEDIES = 3;
const LIST_OF_OBJECTS = /^STRUCT\([\s\S]*\)\[\d*\]$/;
const LIST_OF_VALUES = /^[^[\]()]+\[\d*\]$/;
const HAS_PROPERTIES = /^STRUCT\(.*"?properties"? STRUCT\(/s;
const GEOMETRY = /"?geometry"? STRUCT\("?type"? VARCHAR, "?coordinates"? ([^()]*)\)/;

/** Queries that make rows of the lists in a file that is one JSON object. */
export function unfoldRemedies(columns: readonly ColumnInfo[]): readonly Remedy[] {
  const lists = columns.filter(({ type }) => LIST_OF_OBJECTS.test(type)).slice(0, MAX_REMEDIES);
  if (lists.length > 0) return lists.map((list) => unfold(`Unfold ${list.name}`, rowsOfObjects(list)));
  const values = columns.filter(({ type }) => LIST_OF_VALUES.test(type));
  return values.length === 0 ? [] : [unfold('Unfold the lists', rowsOfLists(values))];
}

function unfold(title: string, query: string): Remedy {
  return { title, readerOptions: {}, query };
}

/** Lists side by side; a shorter one ends in NULL. */
function rowsOfLists(lists: readonly ColumnInfo[]): string {
  const items = lists.map(({ name }) => `  unnest(${quoteIdentifier(name)}) AS ${quoteIdentifier(name)}`);
  return `SELECT\n${items.join(',\n')}\nFROM ${SOURCE_IN_QUERY}`;
}

/** Of GeoJSON's features the properties, with the place where each is a point. */
function rowsOfObjects({ name, type }: ColumnInfo): string {
  const list = quoteIdentifier(name);
  const coordinates = GEOMETRY.exec(type)?.[1];
  if (coordinates === undefined || !HAS_PROPERTIES.test(type)) {
    return `SELECT unnest(${list}, max_depth := 2)\nFROM ${SOURCE_IN_QUERY}`;
  }
  const place =
    coordinates === 'DOUBLE[]'
      ? ['feature.geometry.coordinates[1] AS longitude', 'feature.geometry.coordinates[2] AS latitude']
      : ['feature.geometry AS geometry'];
  const items = ['unnest(feature.properties)', ...place].join(',\n  ');
  return `SELECT\n  ${items}\nFROM (SELECT unnest(${list}) AS feature FROM ${SOURCE_IN_QUERY})`;
}
