import {
  DuckDBArrayType,
  DuckDBDecimalType,
  DuckDBEnumType,
  DuckDBListType,
  DuckDBStructType,
  DuckDBTypeId,
  type DuckDBType,
} from '@duckdb/node-api';
import {
  Binary,
  DateDay,
  Decimal,
  Dictionary,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  TimeMicrosecond,
  TimeNanosecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { BoolColumn } from './boolColumn.ts';
import type { ColumnBuilder } from './columnBuilder.ts';
import { DecimalColumn } from './decimalColumn.ts';
import { EnumColumn } from './enumColumn.ts';
import { FixedColumn, type FixedLayout } from './fixedColumn.ts';
import { ArrayColumn, ListColumn, StructColumn } from './nestedColumns.ts';
import { TextColumn } from './textColumn.ts';

const DECIMAL_BITS = 128;
const DECIMAL_BYTES = 16;

/**
 * Makes empty builders of one DuckDB type, with room for `expectedRows` where it is known; what batches share, such as an
 * ENUM's names, is made once.
 */
export type ColumnFactory = (expectedRows?: number) => ColumnBuilder;

/**
 * How a DuckDB type travels in Arrow; null when it has to be cast to VARCHAR first.
 *
 * | DuckDB                                            | Arrow                                                      |
 * | ------------------------------------------------- | ---------------------------------------------------------- |
 * | BOOLEAN                                           | Bool                                                       |
 * | TINYINT … BIGINT, UTINYINT … UBIGINT              | Int8 … Int64, Uint8 … Uint64                               |
 * | FLOAT, DOUBLE                                     | Float32, Float64                                           |
 * | DECIMAL(p, s)                                     | Decimal128(p, s)                                           |
 * | DATE                                              | Date32; ±infinity is ±(2³¹ − 1)                            |
 * | TIME, TIME_NS                                     | Time64 µs, ns                                              |
 * | TIMESTAMP, _S, _MS, _NS                           | Timestamp µs, s, ms, ns; ±infinity is ±(2⁶³ − 1)           |
 * | TIMESTAMP WITH TIME ZONE                          | Timestamp µs in UTC; ±infinity likewise                    |
 * | VARCHAR, BLOB                                     | Utf8, Binary                                               |
 * | ENUM                                              | Dictionary of Utf8                                         |
 * | LIST, ARRAY, STRUCT                               | List, FixedSizeList, Struct of what their children map to  |
 * | HUGEINT, UHUGEINT, BIGNUM, INTERVAL, UUID, BIT    | Utf8: DuckDB's own text                                    |
 * | TIME WITH TIME ZONE, MAP, UNION, VARIANT, GEOMETRY | Utf8: DuckDB's own text                                   |
 * | anything nested that holds one of the last two rows, or a STRUCT without distinct names | Utf8 as a whole      |
 */
export function columnFactory(type: DuckDBType): ColumnFactory | null {
  const layout = FIXED_LAYOUTS.get(type.typeId);
  if (layout) return (expectedRows) => new FixedColumn(layout, expectedRows);
  if (type instanceof DuckDBDecimalType) return decimalFactory(type);
  if (type instanceof DuckDBEnumType) return enumFactory(type);
  if (type instanceof DuckDBStructType) return structFactory(type);
  if (type instanceof DuckDBListType) return wrapFactory(type.valueType, (child) => new ListColumn(child));
  if (type instanceof DuckDBArrayType) {
    return wrapFactory(type.valueType, (child) => new ArrayColumn(child, type.length));
  }
  if (type.typeId === DuckDBTypeId.BOOLEAN) return () => new BoolColumn();
  if (type.typeId === DuckDBTypeId.VARCHAR) return TEXT_FACTORY;
  if (type.typeId === DuckDBTypeId.BLOB) return (expectedRows) => new TextColumn(new Binary(), expectedRows);
  return null;
}

/** For columns that were cast to VARCHAR. */
export const TEXT_FACTORY: ColumnFactory = (expectedRows) => new TextColumn(new Utf8(), expectedRows);

const FIXED_LAYOUTS: ReadonlyMap<DuckDBTypeId, FixedLayout> = new Map<DuckDBTypeId, FixedLayout>([
  [DuckDBTypeId.TINYINT, { type: new Int8(), bytesPerValue: 1, arrayType: Int8Array }],
  [DuckDBTypeId.SMALLINT, { type: new Int16(), bytesPerValue: 2, arrayType: Int16Array }],
  [DuckDBTypeId.INTEGER, { type: new Int32(), bytesPerValue: 4, arrayType: Int32Array }],
  [DuckDBTypeId.BIGINT, { type: new Int64(), bytesPerValue: 8, arrayType: BigInt64Array }],
  [DuckDBTypeId.UTINYINT, { type: new Uint8(), bytesPerValue: 1, arrayType: Uint8Array }],
  [DuckDBTypeId.USMALLINT, { type: new Uint16(), bytesPerValue: 2, arrayType: Uint16Array }],
  [DuckDBTypeId.UINTEGER, { type: new Uint32(), bytesPerValue: 4, arrayType: Uint32Array }],
  [DuckDBTypeId.UBIGINT, { type: new Uint64(), bytesPerValue: 8, arrayType: BigUint64Array }],
  [DuckDBTypeId.FLOAT, { type: new Float32(), bytesPerValue: 4, arrayType: Float32Array }],
  [DuckDBTypeId.DOUBLE, { type: new Float64(), bytesPerValue: 8, arrayType: Float64Array }],
  [DuckDBTypeId.DATE, { type: new DateDay(), bytesPerValue: 4, arrayType: Int32Array }],
  [DuckDBTypeId.TIME, { type: new TimeMicrosecond(), bytesPerValue: 8, arrayType: BigInt64Array }],
  [DuckDBTypeId.TIME_NS, { type: new TimeNanosecond(), bytesPerValue: 8, arrayType: BigInt64Array }],
  [DuckDBTypeId.TIMESTAMP, { type: new TimestampMicrosecond(), bytesPerValue: 8, arrayType: BigInt64Array }],
  [DuckDBTypeId.TIMESTAMP_TZ, { type: new TimestampMicrosecond('UTC'), bytesPerValue: 8, arrayType: BigInt64Array }],
  [DuckDBTypeId.TIMESTAMP_S, { type: new TimestampSecond(), bytesPerValue: 8, arrayType: BigInt64Array }],
  [DuckDBTypeId.TIMESTAMP_MS, { type: new TimestampMillisecond(), bytesPerValue: 8, arrayType: BigInt64Array }],
  [DuckDBTypeId.TIMESTAMP_NS, { type: new TimestampNanosecond(), bytesPerValue: 8, arrayType: BigInt64Array }],
]);

const MAX_DIGITS_IN_2_BYTES = 4;
const MAX_DIGITS_IN_4_BYTES = 9;
const MAX_DIGITS_IN_8_BYTES = 18;

function decimalFactory({ width, scale }: DuckDBDecimalType): ColumnFactory {
  const type = new Decimal(scale, width, DECIMAL_BITS);
  if (width <= MAX_DIGITS_IN_2_BYTES) return () => new DecimalColumn(type, 2);
  if (width <= MAX_DIGITS_IN_4_BYTES) return () => new DecimalColumn(type, 4);
  if (width <= MAX_DIGITS_IN_8_BYTES) return () => new DecimalColumn(type, 8);
  return () => new FixedColumn({ type, bytesPerValue: DECIMAL_BYTES, arrayType: Uint32Array });
}

function enumFactory({ values, internalTypeId }: DuckDBEnumType): ColumnFactory {
  const dictionary = vectorFromArray([...values], new Utf8());
  const layout = enumLayout(internalTypeId);
  return () => new EnumColumn(layout, dictionary);
}

function enumLayout(internalTypeId: DuckDBTypeId): FixedLayout & { readonly type: Dictionary } {
  if (internalTypeId === DuckDBTypeId.UTINYINT) {
    return { type: new Dictionary(new Utf8(), new Uint8()), bytesPerValue: 1, arrayType: Uint8Array };
  }
  if (internalTypeId === DuckDBTypeId.USMALLINT) {
    return { type: new Dictionary(new Utf8(), new Uint16()), bytesPerValue: 2, arrayType: Uint16Array };
  }
  return { type: new Dictionary(new Utf8(), new Uint32()), bytesPerValue: 4, arrayType: Uint32Array };
}

function structFactory({ entryNames, entryTypes }: DuckDBStructType): ColumnFactory | null {
  if (entryNames.includes('') || new Set(entryNames).size < entryNames.length) return null;
  const members: { name: string; factory: ColumnFactory }[] = [];
  for (const [index, entryType] of entryTypes.entries()) {
    const factory = columnFactory(entryType);
    if (!factory) return null;
    members.push({ name: entryNames[index] ?? '', factory });
  }
  return () => new StructColumn(members.map(({ name, factory }) => ({ name, builder: factory() })));
}

function wrapFactory(child: DuckDBType, wrap: (child: ColumnBuilder) => ColumnBuilder): ColumnFactory | null {
  const factory = columnFactory(child);
  return factory && (() => wrap(factory()));
}
