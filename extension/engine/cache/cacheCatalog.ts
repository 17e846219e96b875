import { quoteIdentifier } from '../../query/quote.ts';

const PREFIX = 'pika_';
const CATALOG_NAME = /^pika_([0-9a-f]{32})$/;
/** Every catalog name of an import in a text. */
export const CATALOG_NAMES = /\bpika_([0-9a-f]{32})\b/g;

/** The name under which a cached file is attached. */
export function cacheCatalog(key: string): string {
  return PREFIX + key;
}

/** The relation that reads a cached file. */
export function cacheRelation(key: string): string {
  return cacheTable(cacheCatalog(key), 'data');
}

/** The cache key in a catalog name; null when it names something else. */
export function cacheKeyOf(catalog: string): string | null {
  return CATALOG_NAME.exec(catalog)?.[1] ?? null;
}

/** A table of an attached cache file; `data` holds the rows, `facts` what is known of them, `rejects` those skipped where rows may be. */
export function cacheTable(catalog: string, table: 'data' | 'facts' | 'rejects'): string {
  return [catalog, 'main', table].map(quoteIdentifier).join('.');
}
