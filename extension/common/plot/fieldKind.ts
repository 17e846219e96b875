/** What values of a column can be placed on; `other` is nested or binary and cannot be placed at all. */
export type FieldKind = 'quantitative' | 'temporal' | 'nominal' | 'other';

const KIND_OF_TYPE: ReadonlyMap<string, FieldKind> = new Map<string, FieldKind>([
  ...kindEntries('quantitative', [
    'TINYINT',
    'SMALLINT',
    'INTEGER',
    'BIGINT',
    'HUGEINT',
    'UTINYINT',
    'USMALLINT',
    'UINTEGER',
    'UBIGINT',
    'UHUGEINT',
    'BIGNUM',
    'FLOAT',
    'DOUBLE',
    'DECIMAL',
  ]),
  ...kindEntries('temporal', [
    'DATE',
    'TIME',
    'TIME_NS',
    'TIMESTAMP',
    'TIMESTAMP_S',
    'TIMESTAMP_MS',
    'TIMESTAMP_NS',
    'TIMESTAMP WITH TIME ZONE',
  ]),
  ...kindEntries('nominal', ['VARCHAR', 'BOOLEAN', 'ENUM', 'UUID']),
]);

/** The kind of a column by DuckDB's own text of its type, such as `DECIMAL(18,3)` or `INTEGER[]`. */
export function fieldKind(type: string): FieldKind {
  if (type.endsWith(']')) return 'other';
  return KIND_OF_TYPE.get(baseType(type)) ?? 'other';
}

/** Whether a column holds whole numbers only, so that bins can be whole numbers too. */
export function isIntegerType(type: string): boolean {
  return /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type) || type === 'BIGNUM' || /^DECIMAL\(\d+,\s*0\)$/.test(type);
}

/** A type's name without its parameters: `ENUM('a', 'b')` gives `ENUM`. */
export function baseType(type: string): string {
  return type.replace(/\([\s\S]*\)$/, '').trim();
}

function kindEntries(kind: FieldKind, types: readonly string[]): readonly (readonly [string, FieldKind])[] {
  return types.map((type) => [type, kind] as const);
}
