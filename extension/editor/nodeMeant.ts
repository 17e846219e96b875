import { PikaError } from '#common/base/pikaError';
import { sqlIdentifier } from '#common/document/names';
import type { PikaDocument } from '#common/document/pikaDocument';
import { meantSentence, nearestNames } from '#common/sql/nearestNames';

/** The failure of a query, with the node that it may have meant where it names a table that nothing has. */
export function withNodeMeant(error: unknown, document: PikaDocument, nodeId: string): unknown {
  if (!PikaError.is(error) || error.details.missingTable === undefined) return error;
  const tables = document.nodes.filter(({ id, kind }) => (kind === 'source' || kind === 'query') && id !== nodeId);
  const [nearest] = nearestNames(
    error.details.missingTable,
    tables.map(({ id }) => id),
  );
  if (nearest === undefined) return error;
  const details = { ...error.details, hint: meantSentence(sqlIdentifier(nearest)) };
  return new PikaError(error.code, error.message, details, { cause: error });
}
