import {
  DuckDBArrayType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBUnionType,
  type DuckDBType,
} from '@duckdb/node-api';

/** Whether a type, or one that it is made of, meets a condition. */
export function someType(type: DuckDBType, condition: (type: DuckDBType) => boolean): boolean {
  return condition(type) || childTypes(type).some((child) => someType(child, condition));
}

function childTypes(type: DuckDBType): readonly DuckDBType[] {
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType) return [type.valueType];
  if (type instanceof DuckDBStructType) return type.entryTypes;
  if (type instanceof DuckDBMapType) return [type.keyType, type.valueType];
  if (type instanceof DuckDBUnionType) return type.memberTypes;
  return [];
}
