import {
  ARRAY,
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  FLOAT,
  INTEGER,
  INTERVAL,
  LIST,
  SMALLINT,
  STRUCT,
  TIME,
  TIME_NS,
  TIMESTAMP,
  TIMESTAMP_MS,
  TIMESTAMP_NS,
  TIMESTAMP_S,
  TIMESTAMPTZ,
  TINYINT,
  UBIGINT,
  UINTEGER,
  USMALLINT,
  UTINYINT,
  VARCHAR,
  type DuckDBType,
} from '@duckdb/node-api';
import {
  DataType,
  DateUnit,
  Precision,
  TimeUnit,
  type Decimal,
  type FixedSizeList,
  type Float,
  type Int,
  type List,
  type Struct,
  type Time,
  type Timestamp,
} from 'apache-arrow';

const MAX_DECIMAL_DIGITS = 38;

/**
 * The DuckDB type of an Arrow type. Timestamps with a zone become instants in microseconds; dictionaries what they stand for;
 * maps, unions, intervals of months and decimals beyond 38 digits become text.
 */
export function duckdbTypeOf(type: DataType): DuckDBType {
  if (DataType.isDictionary(type)) return duckdbTypeOf(type.dictionary as DataType);
  if (DataType.isInt(type)) return intType(type);
  if (DataType.isFloat(type)) return floatType(type);
  if (DataType.isBool(type)) return BOOLEAN;
  if (DataType.isDecimal(type)) return decimalType(type);
  if (DataType.isDate(type)) return DATE;
  if (DataType.isTime(type)) return timeType(type);
  if (DataType.isTimestamp(type)) return timestampType(type);
  if (DataType.isDuration(type)) return INTERVAL;
  if (isBytes(type)) return BLOB;
  if (DataType.isList(type) || DataType.isLargeList(type))
    return LIST(duckdbTypeOf((type as List).valueType as DataType));
  if (DataType.isFixedSizeList(type)) return fixedListType(type);
  if (DataType.isStruct(type)) return structType(type);
  return VARCHAR;
}

/** Whether a column's bytes are the same in Arrow and in DuckDB. */
export function hasSameBytes(type: DataType): boolean {
  if (DataType.isInt(type)) return true;
  if (DataType.isFloat(type)) return type.precision !== Precision.HALF;
  if (DataType.isDate(type)) return type.unit === DateUnit.DAY;
  if (DataType.isTimestamp(type)) return !type.timezone || type.unit === TimeUnit.MICROSECOND;
  return DataType.isTime(type) && (type.unit === TimeUnit.MICROSECOND || type.unit === TimeUnit.NANOSECOND);
}

function intType({ bitWidth, isSigned }: Int): DuckDBType {
  switch (bitWidth) {
    case 8:
      return isSigned ? TINYINT : UTINYINT;
    case 16:
      return isSigned ? SMALLINT : USMALLINT;
    case 32:
      return isSigned ? INTEGER : UINTEGER;
    case 64:
      return isSigned ? BIGINT : UBIGINT;
  }
}

function floatType({ precision }: Float): DuckDBType {
  return precision === Precision.DOUBLE ? DOUBLE : FLOAT;
}

function decimalType({ precision, scale }: Decimal): DuckDBType {
  return precision <= MAX_DECIMAL_DIGITS && scale >= 0 ? DECIMAL(precision, scale) : VARCHAR;
}

function timeType({ unit }: Time): DuckDBType {
  return unit === TimeUnit.NANOSECOND ? TIME_NS : TIME;
}

function timestampType({ unit, timezone }: Timestamp): DuckDBType {
  if (timezone) return TIMESTAMPTZ;
  switch (unit) {
    case TimeUnit.SECOND:
      return TIMESTAMP_S;
    case TimeUnit.MILLISECOND:
      return TIMESTAMP_MS;
    case TimeUnit.MICROSECOND:
      return TIMESTAMP;
    case TimeUnit.NANOSECOND:
      return TIMESTAMP_NS;
  }
}

function isBytes(type: DataType): boolean {
  return DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type);
}

function fixedListType(type: FixedSizeList): DuckDBType {
  return type.listSize > 0 ? ARRAY(duckdbTypeOf(type.valueType as DataType), type.listSize) : VARCHAR;
}

function structType({ children }: Struct): DuckDBType {
  const names = children.map(({ name }) => name);
  const areDistinct = new Set(names.map((name) => name.toLowerCase())).size === names.length && !names.includes('');
  if (!areDistinct || names.length === 0) return VARCHAR;
  return STRUCT(Object.fromEntries(children.map(({ name, type }) => [name, duckdbTypeOf(type as DataType)])));
}
