import { statementGroup } from './sqlGroups.ts';

/** The statement around an offset, without its semicolon and the space around it; empty where there is none. */
export function statementAt(sql: string, offset: number): string {
  const { start, end } = statementGroup(sql, offset);
  return sql.slice(start, end).trim();
}
