import { PikaError } from '#common/base/pikaError';
import { readDuckdbFailure } from '../database/duckdbFailure.ts';
import { CATALOG_NAMES } from './cacheCatalog.ts';

const DAMAGE =
  /Corrupt database file|Could not read enough bytes from file ".*\.duckdb"|Serialization Error|Failed to load metadata/;

/** Whether a statement failed because a database file is not what was written. */
export function isDamage(error: unknown): boolean {
  const messages = [error, error instanceof Error ? error.cause : null].map((each) => readDuckdbFailure(each).message);
  return messages.some((message) => DAMAGE.test(message));
}

/** Keys of the imports that a statement reads. */
export function importsIn(sql: string): readonly string[] {
  return [...new Set([...sql.matchAll(CATALOG_NAMES)].flatMap(([, key]) => key ?? []))];
}

/** The failure of a statement whose import is not in the cache any more. */
export function cacheLostError(cause?: unknown): PikaError {
  const message = 'The imported copy of this data is gone from the cache.';
  return new PikaError('cache-lost', message, { hint: 'Run it again to import it anew.' }, { cause });
}
