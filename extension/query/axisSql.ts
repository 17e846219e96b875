import { spanFactor, type CodeDomain } from '#common/plot/fixedPoint';
import { baseType } from '#common/plot/fieldKind';
import { FIXED_MAX } from '#common/plot/plotData';

/** SQL expressions of one axis column, all DOUBLE in data units; null where a row has no place on the axis. */
export interface AxisSql {
  /** The value in data units. */
  readonly value: string;
  /** The value in the units that are coded: the logarithm on a log axis. */
  readonly coded: string;
  /** A condition: true where the value is infinite. */
  readonly isInfinite: string;
}

const STAMP_TYPES = new Set(['TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMP WITH TIME ZONE']);

/** How a column is placed on an axis. @param sql Reads the column. @param type DuckDB's type of it. */
export function axisSql(sql: string, type: string, scale: 'linear' | 'log'): AxisSql {
  const { value, isInfinite } = linearSql(sql, baseType(type));
  if (scale === 'linear') return { value, coded: value, isInfinite };
  const positive = `CASE WHEN ${value} > 0e0 THEN ${value} END`;
  return { value: positive, coded: `ln(${positive})`, isInfinite };
}

function linearSql(sql: string, type: string): Pick<AxisSql, 'value' | 'isInfinite'> {
  const whereFinite = (value: string) => `CASE WHEN isfinite(${sql}) THEN ${value} END`;
  if (type === 'FLOAT' || type === 'DOUBLE') {
    return { value: whereFinite(`CAST(${sql} AS DOUBLE)`), isInfinite: `isinf(${sql})` };
  }
  if (STAMP_TYPES.has(type))
    return { value: whereFinite(`epoch_us(${sql}) / 1e3`), isInfinite: `NOT isfinite(${sql})` };
  if (type === 'DATE') {
    return { value: whereFinite(`(${sql} - DATE '1970-01-01') * 86400000e0`), isInfinite: `NOT isfinite(${sql})` };
  }
  const value = type === 'TIME' || type === 'TIME_NS' ? `epoch_us(${sql}) / 1e3` : `CAST(${sql} AS DOUBLE)`;
  return { value, isInfinite: 'false' };
}

/** The fixed-point code of an expression as UINTEGER, null for null: the same double operations as `codeOf`. */
export function codeSql(coded: string, domain: CodeDomain): string {
  const [minimum, maximum] = domain;
  if (minimum === maximum) return `CASE WHEN ${coded} IS NOT NULL THEN 0::UINTEGER END`;
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
