const SHORT_NAMES: Readonly<Record<string, string>> = {
  TINYINT: 'int8',
  SMALLINT: 'int16',
  INTEGER: 'int32',
  BIGINT: 'int64',
  HUGEINT: 'int128',
  UTINYINT: 'uint8',
  USMALLINT: 'uint16',
  UINTEGER: 'uint32',
  UBIGINT: 'uint64',
  UHUGEINT: 'uint128',
  VARCHAR: 'text',
  BOOLEAN: 'bool',
  BLOB: 'bytes',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
  'TIME WITH TIME ZONE': 'timetz',
};

/** A DuckDB type in the few letters a chip or a column head has room for. */
export function shortType(type: string): string {
  return SHORT_NAMES[type] ?? type.toLowerCase();
}
