import type { ConnectionPool } from '../database/connectionPool.ts';

const SUGGEST_SQL = `
  SELECT trim(suggestion) FROM sql_auto_complete($1::VARCHAR)
  WHERE suggestion_type = 'keyword' AND regexp_full_match(trim(suggestion), '[A-Za-z ]{2,}')
  ORDER BY suggestion_score, suggestion`;

/** A statement this long before the cursor is not looked at: its end tells no more, and parsing it takes time. */
const MAX_LENGTH = 20_000;
/** Keywords that open statements which no query node runs. */
const REFUSED = new Set(
  'ABORT ALTER ANALYZE ATTACH BEGIN CALL CHECKPOINT COMMENT COMMIT COPY CREATE DEALLOCATE DELETE DETACH DROP EXECUTE EXPLAIN EXPORT FORCE IMPORT INSERT INSTALL LOAD MERGE PRAGMA PREPARE RESET ROLLBACK SET START TRUNCATE UPDATE USE VACUUM'.split(
    ' ',
  ),
);

/** Keywords that DuckDB's grammar takes after a text, best first. @param sql The text up to the cursor. */
export async function suggestKeywords(pool: ConnectionPool, sql: string): Promise<readonly string[]> {
  if (sql.length > MAX_LENGTH) return [];
  const reader = await pool.use((connection) => connection.runAndReadAll(SUGGEST_SQL, [sql]));
  const words = reader.getRows().map((row) => (row[0] as string).toUpperCase());
  return [...new Set(words)].filter((word) => !REFUSED.has(word));
}
