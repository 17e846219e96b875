import { spanFactor, type CodeDomain } from '#common/plot/fixedPoint';
import { baseType } from '#common/plot/fieldKind';
import { FIXED_MAX } from '#common/plot/plotData';
import type { Channel } from '#common/plot/plotSpec';
import type { AxisScaleType } from '#common/plot/scaleCoding';

/** SQL expressions that place one column on an axis. */
export interface AxisSql {
  /** A condition: true where a row has a place on the axis. */
  readonly isPlaced: string;
  /** A condition: true where the value is infinite. */
  readonly isInfinite: string;
  /** The value as DOUBLE in data units; only for rows that have a place. */
  readonly value: string;
  /** The value as DOUBLE in the units that are coded, see `codedOf`; only for rows that have a place. */
  readonly coded: string;
}

const STAMP_TYPES = new Set(['TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMP WITH TIME ZONE']);

/** How a column is placed on an axis. @param sql Reads the column. @param type DuckDB's type of it. */
export function axisSql(sql: string, type: string, scale: AxisScaleType): AxisSql {
  const linear = linearSql(sql, baseType(type));
  const { isPlaced, value } = linear;
  switch (scale) {
    case 'linear':
      return { ...linear, coded: value };
    case 'log':
      return { ...linear, isPlaced: `${isPlaced} AND ${value} > 0e0`, coded: `ln(${value})` };
    case 'symlog':
      return { ...linear, coded: `sign(${value}) * ln(1e0 + abs(${value}))` };
    case 'sqrt':
      return { ...linear, coded: `sign(${value}) * sqrt(abs(${value}))` };
  }
}

/** How a channel spreads its values; the clocks of times are no matter of spreading. */
export function spreadOf({ scale }: Channel): AxisScaleType {
  const type = scale?.type ?? 'linear';
  return type === 'utc' || type === 'time' ? 'linear' : type;
}

/** An expression that is null for rows without a place. */
export function wherePlaced({ isPlaced }: AxisSql, expression: string): string {
  return `CASE WHEN ${isPlaced} THEN ${expression} END`;
}

function linearSql(sql: string, type: string): Omit<AxisSql, 'coded'> {
  if (type === 'FLOAT' || type === 'DOUBLE') {
    return { isPlaced: `isfinite(${sql})`, isInfinite: `isinf(${sql})`, value: `CAST(${sql} AS DOUBLE)` };
  }
  const stamp = { isPlaced: `isfinite(${sql})`, isInfinite: `NOT isfinite(${sql})` };
  const sinceEpoch = `epoch_us(${sql}) / 1e3`;
  if (STAMP_TYPES.has(type)) return { ...stamp, value: sinceEpoch };
  if (type === 'DATE') return { ...stamp, value: `(${sql} - DATE '1970-01-01') * 86400000e0` };
  const value = type === 'TIME' || type === 'TIME_NS' ? sinceEpoch : `CAST(${sql} AS DOUBLE)`;
  return { isPlaced: `${sql} IS NOT NULL`, isInfinite: 'false', value };
}

/** The fixed-point code of a coded value as UINTEGER: the same double operations as `codeOf`. */
export function codeSql(coded: string, domain: CodeDomain): string {
  const [minimum, maximum] = domain;
  if (minimum === maximum) return '0::UINTEGER';
  const factor = spanFactor(domain);
  const low = minimum * factor;
  const scaled = factor === 1 ? coded : `(${coded}) * ${doubleLiteral(factor)}`;
  const share = `(${scaled} - ${doubleLiteral(low)}) / ${doubleLiteral(maximum * factor - low)}`;
  return `CAST(floor(${share} * ${doubleLiteral(FIXED_MAX)}) AS UINTEGER)`;
}

/** A finite number as a DOUBLE literal, never DECIMAL; in parentheses when it is below zero. */
export function doubleLiteral(value: number): string {
  const text = String(value);
  const literal = text.includes('e') ? text : `${text}e0`;
  return value < 0 ? `(${literal})` : literal;
}
