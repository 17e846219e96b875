import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimeNSValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
} from '@duckdb/node-api';
import { DataType, TimeUnit, type Vector } from 'apache-arrow';

/** A value of an Arrow vector as DuckDB's own JSON conversion writes it, from the raw integers of temporal types. */
export function arrowJson(vector: Vector, index: number): unknown {
  if (!vector.isValid(index)) return null;
  const type = vector.type as DataType;
  if (DataType.isStruct(type)) {
    return Object.fromEntries(type.children.map(({ name }, i) => [name, arrowJson(childOf(vector, i), index)]));
  }
  const temporal = temporalText(vector, type, index);
  if (temporal !== null) return temporal;
  const value: unknown = vector.get(index);
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) {
    const items = value as Vector;
    return Array.from({ length: items.length }, (_, i) => arrowJson(items, i));
  }
  if (DataType.isDecimal(type)) return decimalText(value as Uint32Array, type.precision, type.scale);
  if (DataType.isBinary(type)) return new DuckDBBlobValue(value as Uint8Array).toString();
  if (typeof value === 'bigint' && DataType.isInt(type)) return String(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return value;
}

function childOf(vector: Vector, index: number): Vector {
  const child = vector.getChildAt(index);
  if (!child) throw new Error(`no child ${index}`);
  return child;
}

function decimalText(words: Uint32Array, precision: number, scale: number): string {
  const [a = 0, b = 0, c = 0, d = 0] = words;
  const unsigned = (BigInt(d) << 96n) | (BigInt(c) << 64n) | (BigInt(b) << 32n) | BigInt(a);
  return new DuckDBDecimalValue(BigInt.asIntN(128, unsigned), precision, scale).toString();
}

function temporalText(vector: Vector, type: DataType, index: number): string | null {
  if (!DataType.isDate(type) && !DataType.isTime(type) && !DataType.isTimestamp(type)) return null;
  const { raw } = rawValue(vector, index);
  if (DataType.isDate(type)) return new DuckDBDateValue(Number(raw)).toString();
  if (DataType.isTime(type)) {
    return String(type.unit === TimeUnit.NANOSECOND ? new DuckDBTimeNSValue(raw) : new DuckDBTimeValue(raw));
  }
  if (type.timezone) return new DuckDBTimestampTZValue(raw).toString();
  switch (type.unit) {
    case TimeUnit.SECOND:
      return new DuckDBTimestampSecondsValue(raw).toString();
    case TimeUnit.MILLISECOND:
      return new DuckDBTimestampMillisecondsValue(raw).toString();
    case TimeUnit.MICROSECOND:
      return new DuckDBTimestampValue(raw).toString();
    case TimeUnit.NANOSECOND:
      return new DuckDBTimestampNanosecondsValue(raw).toString();
  }
}

/** Arrow's getters round times to milliseconds, so the integers are read from the chunk that holds the row. */
function rawValue(vector: Vector, index: number): { raw: bigint } {
  let rest = index;
  for (const data of vector.data) {
    if (rest < data.length) return { raw: BigInt((data.values as ArrayLike<number | bigint>)[rest] ?? 0) };
    rest -= data.length;
  }
  throw new Error(`no row ${index}`);
}
