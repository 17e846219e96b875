import type { SqlCompletions } from '#common/sql/completeSql';
import type { SqlProblem } from '#common/sql/sqlProblem';

/** What knows more of a text than the text itself. */
export interface SqlService {
  complete(sql: string, offset: number): Promise<SqlCompletions>;
  check(sql: string): Promise<readonly SqlProblem[]>;
}
