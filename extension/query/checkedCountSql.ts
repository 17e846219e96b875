/**
 * Counts the rows of a relation while parsing every value of every column, so that a fault anywhere in a text file is found.
 * A plain `count(*)` skips the conversions. Columns: `row_count` first.
 */
export function checkedCountSql(relation: string): string {
  return `SELECT count(*) AS row_count, count(COLUMNS(*)) FROM ${relation}`;
}
