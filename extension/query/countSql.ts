/** Counts the rows of a relation. */
export function countSql(relation: string): string {
  return `SELECT count(*) AS row_count FROM ${relation}`;
}
