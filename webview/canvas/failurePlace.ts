import type { WireError } from '#common/base/pikaError';
import type { PikaNode } from '#common/document/pikaDocument';

/** Where a failure happened: a line of a data file, or line and column of a query. */
export function failurePlace(node: PikaNode, { details }: WireError): string | null {
  if (details.line !== undefined) {
    return details.path === undefined ? `line ${details.line}` : `${details.path}, line ${details.line}`;
  }
  if (details.offset !== undefined && node.kind === 'query') return linePosition(node.sql, details.offset);
  return details.path ?? null;
}

function linePosition(sql: string, offset: number): string {
  const before = sql.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
