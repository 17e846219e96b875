import { baseType, isIntegerType } from '#common/plot/fieldKind';
import { doubleLiteral } from './axisSql.ts';

const WHOLE_UNITS = [1, 5, 10, 100, 1000];
const DECIMAL_UNITS = [0.01, 0.1, 1];
/** Minutes as parts of an hour, as is usual for times of day in numbers. */
const HOUR_UNITS = [1 / 60, 1];
const SECOND_MS = 1000;
const CLOCK_UNITS_MS = [1, SECOND_MS, 60 * SECOND_MS, 3600 * SECOND_MS, 86_400 * SECOND_MS];
const CLOCK_TYPES = /^TIME(STAMP)?(_S|_MS|_NS| WITH TIME ZONE)?$/;
/** Shares of a unit that sums and single precision may be off. */
const TOLERANCE = 1e-3;

/** Units of a column, of which the largest that all values are multiples of is looked for. */
export interface UnitChoice {
  /** In data units: what all values are multiples of by their type; 0 where that is unknown. */
  readonly known: number;
  /** SQL of the largest unit that one value is a multiple of, at least `known`; null where nothing larger is looked for. */
  readonly ofRow: string | null;
}

/** What the values of a column may be multiples of. @param sql Reads the column, of a row that has a place on a linear axis. */
export function unitChoices(sql: string, type: string): readonly UnitChoice[] {
  const base = baseType(type);
  const digits = /^DECIMAL\(\d+,\s*(\d+)\)$/.exec(type)?.[1];
  if (base === 'DATE') return [{ known: 86_400 * SECOND_MS, ofRow: null }];
  if (base === 'BIGNUM') return [{ known: 1, ofRow: null }];
  if (isIntegerType(type)) return [choice(WHOLE_UNITS, (unit) => `${sql} % ${unit} <> 0`, 1)];
  if (digits !== undefined) return [{ known: Number(`1e-${digits}`), ofRow: null }];
  if (CLOCK_TYPES.test(base)) return [choice(CLOCK_UNITS_MS, (unit) => `epoch_us(${sql}) % ${unit * 1000} <> 0`)];
  const isBroken = (unit: number) => {
    const units = `CAST(${sql} AS DOUBLE) * ${doubleLiteral(Math.round(1 / unit))}`;
    return `abs(${units} - round(${units})) > ${doubleLiteral(TOLERANCE)}`;
  };
  return [DECIMAL_UNITS, HOUR_UNITS].map((units) => choice(units, isBroken));
}

/** @param units Each divides the next one; the first `knownCount` of them divide every value by its type. */
function choice(units: readonly number[], isBroken: (unit: number) => string, knownCount = 0): UnitChoice {
  const cases = units
    .slice(knownCount)
    .map((unit, index) => `WHEN ${isBroken(unit)} THEN ${doubleLiteral(units[knownCount + index - 1] ?? 0)}`);
  const ofRow = `CASE ${cases.join(' ')} ELSE ${doubleLiteral(units.at(-1) ?? 0)} END`;
  return { known: units[knownCount - 1] ?? 0, ofRow };
}
