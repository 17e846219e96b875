import { DuckDBArrayType, DuckDBListType, DuckDBStructType, DuckDBTypeId, type DuckDBType } from '@duckdb/node-api';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { someType } from './typeTree.ts';

/**
 * An expression whose value DuckDB writes as valid JSON: NaN and infinities, for which JSON has no number and DuckDB writes
 * bare words, become text. Null where that is not possible without casting the whole value.
 */
export function jsonExpression(sql: string, type: DuckDBType, depth = 0): string | null {
  if (!someType(type, isFloat)) return sql;
  if (isFloat(type)) return `CASE WHEN isfinite(${sql}) THEN to_json(${sql}) ELSE to_json(CAST(${sql} AS VARCHAR)) END`;
  if (type instanceof DuckDBStructType) return structExpression(sql, type, depth);
  if (!(type instanceof DuckDBListType) && !(type instanceof DuckDBArrayType)) return null;
  const item = `item_${depth}`;
  const inner = jsonExpression(item, type.valueType, depth + 1);
  const list = type instanceof DuckDBArrayType ? `CAST(${sql} AS ${String(type.valueType)}[])` : sql;
  return inner && `list_transform(${list}, lambda ${item}: ${inner})`;
}

function structExpression(sql: string, { entryNames, entryTypes }: DuckDBStructType, depth: number): string | null {
  if (entryNames.includes('')) return null;
  const entries: string[] = [];
  for (const [index, type] of entryTypes.entries()) {
    const name = entryNames[index] ?? '';
    const inner = jsonExpression(`struct_extract(${sql}, ${quoteLiteral(name)})`, type, depth);
    if (inner === null) return null;
    entries.push(`${quoteIdentifier(name)} := ${inner}`);
  }
  return `CASE WHEN ${sql} IS NOT NULL THEN struct_pack(${entries.join(', ')}) END`;
}

function isFloat({ typeId }: DuckDBType): boolean {
  return typeId === DuckDBTypeId.FLOAT || typeId === DuckDBTypeId.DOUBLE;
}
