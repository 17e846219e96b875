import { baseType, fieldKind } from '#common/plot/fieldKind';
import type { ColumnFilter, CompareOperator, TextMatch } from '#common/table/tableView';

/** A condition as a menu offers it. */
export type FilterWay = 'range' | 'values' | 'null' | 'not-null' | `compare ${CompareOperator}` | `text ${TextMatch}`;

/** What was entered for a condition; each way reads what it needs. */
export interface FilterEntry {
  readonly way: FilterWay;
  /** The value, or the lower one of two. */
  readonly first: string;
  readonly second: string;
  readonly isCaseSensitive: boolean;
  readonly chosen: ReadonlySet<string | null>;
  /** Whether the chosen values are those that are not shown. */
  readonly isExcluded: boolean;
}

const COMPARE_WAYS: readonly (readonly [FilterWay, string])[] = [
  ['compare =', 'equals'],
  ['compare <>', 'does not equal'],
  ['compare <', 'less than'],
  ['compare <=', 'at most'],
  ['compare >', 'more than'],
  ['compare >=', 'at least'],
];
const TEXT_WAYS: readonly (readonly [FilterWay, string])[] = [
  ['text contains', 'contains'],
  ['text lacks', 'does not contain'],
  ['text starts', 'starts with'],
  ['text ends', 'ends with'],
  ['text equals', 'equals'],
  ['text differs', 'does not equal'],
  ['text regex', 'matches regular expression'],
];
const ORDER_WAYS: readonly (readonly [FilterWay, string])[] = [
  ['compare <', 'comes before'],
  ['compare >', 'comes after'],
];
const COMMON_WAYS: readonly (readonly [FilterWay, string])[] = [
  ['values', 'is one of'],
  ['null', 'is null'],
  ['not-null', 'is not null'],
];

/** The conditions that make sense for a type, and what they are called. */
export function filterWays(type: string): readonly (readonly [FilterWay, string])[] {
  const kind = fieldKind(type);
  const hasOrder = kind === 'quantitative' || kind === 'temporal' || type === 'INTERVAL';
  if (hasOrder) return [['range', 'between'], ...COMPARE_WAYS, ...COMMON_WAYS];
  if (baseType(type) === 'VARCHAR') return [...TEXT_WAYS, ...ORDER_WAYS, ...COMMON_WAYS];
  return type === 'BOOLEAN' ? COMMON_WAYS : [...TEXT_WAYS, ...COMMON_WAYS];
}

/** Nothing entered yet, with the condition that is likeliest for a type. */
export function firstEntry(type: string): FilterEntry {
  const way = fieldKind(type) === 'nominal' ? 'values' : (filterWays(type)[0]?.[0] ?? 'values');
  return { way, first: '', second: '', isCaseSensitive: false, chosen: new Set(), isExcluded: false };
}

/** The filter that was entered, null where something is missing. An empty text is a value only to compare texts with. */
export function filterOf(column: string, type: string, entry: FilterEntry): ColumnFilter | null {
  const { way, first, second, isCaseSensitive, chosen, isExcluded } = entry;
  const [word = '', rest = ''] = way.split(' ');
  switch (word) {
    case 'null':
    case 'not-null':
      return { kind: 'null', column, isNull: word === 'null' };
    case 'range':
      return first + second === '' ? null : { kind: 'range', column, low: first, high: second };
    case 'compare':
      if (first === '' && fieldKind(type) !== 'nominal') return null;
      return { kind: 'compare', column, operator: rest as CompareOperator, value: first };
    case 'text':
      return { kind: 'text', column, match: rest as TextMatch, text: first, isCaseSensitive };
  }
  return chosen.size === 0 ? null : { kind: 'values', column, values: [...chosen], isExcluded };
}
