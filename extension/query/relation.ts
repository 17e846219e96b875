/** A SELECT as text that can stand after FROM; a comment at its end does no harm. */
export function relationAsFrom(sql: string): string {
  return `(${sql}\n) AS "t"`;
}
