import type { ColumnInfo } from '../protocol/engineContract.ts';

/** One column that rows are sorted by; nulls come last either way. */
export interface SortKey {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

export type CompareOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type TextMatch = 'contains' | 'lacks' | 'starts' | 'ends' | 'equals' | 'differs' | 'regex';

/** A condition on one column; `column` is a key of `columnKeys`, values are DuckDB's display texts. */
export type ColumnFilter =
  | { readonly kind: 'null'; readonly column: string; readonly isNull: boolean }
  | {
      readonly kind: 'compare';
      readonly column: string;
      readonly operator: CompareOperator;
      readonly value: string;
    }
  /** Both ends belong to the range; an empty one is open. */
  | { readonly kind: 'range'; readonly column: string; readonly low: string; readonly high: string }
  | {
      readonly kind: 'text';
      readonly column: string;
      readonly match: TextMatch;
      readonly text: string;
      readonly isCaseSensitive: boolean;
    }
  | {
      readonly kind: 'values';
      readonly column: string;
      readonly values: readonly (string | null)[];
      readonly isExcluded: boolean;
    };

/** Which rows of a relation a table shows, in which order; never part of the document. */
export interface RowsView {
  /** The first key counts most. */
  readonly sort: readonly SortKey[];
  /** All of them have to hold. */
  readonly filters: readonly ColumnFilter[];
}

/** All rows in their own order. */
export const ALL_ROWS: RowsView = { sort: [], filters: [] };

/** Whether a view shows all rows in their own order. */
export function isPlain(view: RowsView): boolean {
  return view.sort.length === 0 && view.filters.length === 0;
}

/** Names that tell the columns of a relation apart: a repeated name gets a number. */
export function columnKeys(columns: readonly ColumnInfo[]): readonly string[] {
  const taken = new Set(columns.map(({ name }) => name));
  const seen = new Set<string>();
  return columns.map(({ name }) => {
    let key = name;
    for (let count = 2; seen.has(key) || (key !== name && taken.has(key)); count++) key = `${name} (${count})`;
    seen.add(key);
    return key;
  });
}

/** The part of a view whose columns exist: a sort or filter on a column that vanished is left out. */
export function presentView(view: RowsView, columns: readonly ColumnInfo[]): RowsView {
  const keys = new Set(columnKeys(columns));
  return {
    sort: view.sort.filter(({ column }) => keys.has(column)),
    filters: view.filters.filter(({ column }) => keys.has(column)),
  };
}

/** Sorts by a column: by it alone, or as one more key; each further time descending, then not at all. */
export function toggledSort(sort: readonly SortKey[], column: string, isAdded: boolean): readonly SortKey[] {
  const current = sort.find((key) => key.column === column);
  const others = isAdded ? sort.filter((key) => key.column !== column) : [];
  if (!current) return [...others, { column, direction: 'ascending' }];
  if (current.direction === 'descending') return others;
  const next = { column, direction: 'descending' } as const;
  return isAdded ? sort.map((key) => (key === current ? next : key)) : [next];
}

const MATCH_WORDS: Readonly<Record<TextMatch, string>> = {
  contains: 'contains',
  lacks: 'does not contain',
  starts: 'starts with',
  ends: 'ends with',
  equals: 'is',
  differs: 'is not',
  regex: 'matches',
};
const MAX_NAMED_VALUES = 3;

/** A filter in a few words. */
export function filterText(filter: ColumnFilter): string {
  const { column } = filter;
  switch (filter.kind) {
    case 'null':
      return `${column} is ${filter.isNull ? '' : 'not '}null`;
    case 'compare':
      return `${column} ${filter.operator} ${valueText(filter.value)}`;
    case 'range':
      if (filter.low === '') return `${column} ≤ ${filter.high}`;
      return filter.high === '' ? `${column} ≥ ${filter.low}` : `${column} ${filter.low} … ${filter.high}`;
    case 'text':
      return `${column} ${MATCH_WORDS[filter.match]} “${filter.text}”`;
    case 'values': {
      const named = filter.values.slice(0, MAX_NAMED_VALUES).map(valueText);
      const more = filter.values.length - named.length;
      return `${column} ${filter.isExcluded ? 'not ' : ''}in ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    }
  }
}

/** A value among words: one that would read as null, as nothing or as several stands in quotation marks. */
function valueText(value: string | null): string {
  if (value === null) return 'null';
  return /^(?:null)?$|,/i.test(value) ? `“${value}”` : value;
}
