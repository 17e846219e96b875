import type { WireError } from '#common/base/pikaError';

/** The file and line of data that a failure happened in, as far as they are known. */
export function failurePlace({ details }: WireError): string | null {
  if (details.line === undefined) return details.path ?? null;
  return details.path === undefined ? `line ${details.line}` : `${details.path}, line ${details.line}`;
}

/** The place in a query's text that a failure happened at. */
export function failurePosition(sql: string, { details }: WireError): string | null {
  if (details.offset === undefined) return null;
  const before = sql.slice(0, details.offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
