import {
  arrayValue,
  blobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBTimeNSValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  listValue,
  structValue,
  VARCHAR,
  type DuckDBValue,
} from '@duckdb/node-api';
import { DataType, DateUnit, TimeUnit, type Decimal, type Vector } from 'apache-arrow';
import { duckdbTypeOf } from './arrowTypes.ts';

/** Reads the values of an Arrow vector of one chunk as DuckDB's, exactly; null is null. */
export type ValueReader = (index: number) => DuckDBValue;

const MS_PER_DAY = 86_400_000;
const WORD_BITS = 32n;
const DECIMAL_BITS = 128;

/** A reader for a vector's type; what DuckDB has no type for is read as text. */
export function valueReader(vector: Vector): ValueReader {
  const read = presentReader(vector);
  return (index) => (vector.isValid(index) ? read(index) : null);
}

function presentReader(vector: Vector): ValueReader {
  const type = vector.type as DataType;
  if (DataType.isDictionary(type)) return dictionaryReader(vector);
  if (DataType.isDecimal(type)) return decimalReader(vector, type);
  if (DataType.isDate(type) || DataType.isTime(type) || DataType.isTimestamp(type) || DataType.isDuration(type)) {
    return temporalReader(vector, type);
  }
  if (DataType.isList(type) || DataType.isLargeList(type)) return (index) => listValue(itemsOf(vector, index));
  if (DataType.isFixedSizeList(type)) return (index) => arrayValue(itemsOf(vector, index));
  if (DataType.isStruct(type) && duckdbTypeOf(type) !== VARCHAR)
    return structReader(
      vector,
      type.children.map(({ name }) => name),
    );
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type)) {
    return (index) => blobValue(vector.get(index) as Uint8Array);
  }
  const isPlain = DataType.isInt(type) || DataType.isFloat(type) || DataType.isBool(type) || isText(type);
  return isPlain ? (index) => vector.get(index) as DuckDBValue : (index) => asText(vector.get(index));
}

function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type);
}

function dictionaryReader(vector: Vector): ValueReader {
  const data = vector.data[0];
  const dictionary = data?.dictionary;
  if (!data || !dictionary) return () => null;
  const known = new Map<number, DuckDBValue>();
  const read =
    dictionary.data.length === 1 ? valueReader(dictionary) : (code: number) => dictionary.get(code) as DuckDBValue;
  return (index) => {
    const code = Number((data.values as ArrayLike<number>)[index]);
    const value = known.get(code);
    if (value !== undefined) return value;
    const fresh = read(code);
    known.set(code, fresh);
    return fresh;
  };
}

function decimalReader(vector: Vector, { scale, precision, bitWidth }: Decimal): ValueReader {
  const isText = duckdbTypeOf(vector.type as DataType) === VARCHAR;
  return (index) => {
    const words = vector.get(index) as Uint32Array;
    let unscaled = 0n;
    for (let word = words.length - 1; word >= 0; word--) unscaled = (unscaled << WORD_BITS) | BigInt(words[word] ?? 0);
    const value = BigInt.asIntN(bitWidth || DECIMAL_BITS, unscaled);
    return isText ? decimalText(value, scale) : new DuckDBDecimalValue(value, precision, scale);
  };
}

function decimalText(value: bigint, scale: number): string {
  if (scale <= 0) return (value * 10n ** BigInt(-scale)).toString();
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Temporal values are read from the raw integers, for Arrow's own getters round to milliseconds. */
function temporalReader(vector: Vector, type: DataType): ValueReader {
  const values = vector.data[0]?.values as ArrayLike<number | bigint>;
  const make = temporalMaker(type);
  return (index) => make(values[index] ?? 0);
}

function temporalMaker(type: DataType): (raw: number | bigint) => DuckDBValue {
  if (DataType.isDate(type)) {
    const perDay = type.unit === DateUnit.DAY ? 1 : MS_PER_DAY;
    return (raw) => new DuckDBDateValue(Math.floor(Number(raw) / perDay));
  }
  if (DataType.isTime(type)) {
    if (type.unit === TimeUnit.NANOSECOND) return (raw) => new DuckDBTimeNSValue(BigInt(raw));
    return (raw) => new DuckDBTimeValue(microseconds(raw, type.unit));
  }
  if (DataType.isDuration(type)) return (raw) => new DuckDBIntervalValue(0, 0, microseconds(raw, type.unit));
  if (DataType.isTimestamp(type)) return timestampMaker(type.unit, Boolean(type.timezone));
  return (raw) => BigInt(raw);
}

function timestampMaker(unit: TimeUnit, hasZone: boolean): (raw: number | bigint) => DuckDBValue {
  if (hasZone) return (raw) => new DuckDBTimestampTZValue(microseconds(raw, unit));
  switch (unit) {
    case TimeUnit.SECOND:
      return (raw) => new DuckDBTimestampSecondsValue(BigInt(raw));
    case TimeUnit.MILLISECOND:
      return (raw) => new DuckDBTimestampMillisecondsValue(BigInt(raw));
    case TimeUnit.MICROSECOND:
      return (raw) => new DuckDBTimestampValue(BigInt(raw));
    case TimeUnit.NANOSECOND:
      return (raw) => new DuckDBTimestampNanosecondsValue(BigInt(raw));
  }
}

function microseconds(raw: number | bigint, unit: TimeUnit): bigint {
  switch (unit) {
    case TimeUnit.SECOND:
      return BigInt(raw) * 1_000_000n;
    case TimeUnit.MILLISECOND:
      return BigInt(raw) * 1000n;
    case TimeUnit.MICROSECOND:
      return BigInt(raw);
    case TimeUnit.NANOSECOND:
      return BigInt(raw) / 1000n;
  }
}

function itemsOf(vector: Vector, index: number): DuckDBValue[] {
  const items = vector.get(index) as Vector;
  const read = valueReader(items);
  return Array.from({ length: items.length }, (_, item) => read(item));
}

function structReader(vector: Vector, names: readonly string[]): ValueReader {
  const members = names.map((name, child) => {
    const member = vector.getChildAt(child);
    return [name, member ? valueReader(member) : () => null] as const;
  });
  return (index) => structValue(Object.fromEntries(members.map(([name, read]) => [name, read(index)])));
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? String(member) : member));
}
