import { statementGroup } from './sqlGroups.ts';

/**
 * The statement around an offset, without its semicolon and the space around it; behind the last semicolon the one before
 * it, which was just written. Empty where there is none.
 */
export function statementAt(sql: string, offset: number): string {
  const { start, end, items } = statementGroup(sql, offset);
  if (items.length > 0 || start === 0) return sql.slice(start, end).trim();
  return statementAt(sql, start - 1);
}
