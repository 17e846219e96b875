/** A query that was run, and when. */
export interface PastQuery {
  readonly sql: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

const MAX_QUERIES = 200;
/** A longer text is no query that anyone would look for. */
const MAX_LENGTH = 20_000;

/** The history with one more query, the newest first; a query that was run before moves up. */
export function withQuery(history: readonly PastQuery[], query: PastQuery): readonly PastQuery[] {
  const sql = query.sql.trim();
  if (sql === '' || sql.length > MAX_LENGTH) return history;
  const others = history.filter((each) => each.sql !== sql);
  return [{ sql, atMs: query.atMs }, ...others].slice(0, MAX_QUERIES);
}

/** A query on one line. */
export function queryTitle(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim();
}
