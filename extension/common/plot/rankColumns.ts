import type { ColumnInfo } from '../protocol/engineContract.ts';
import { numberRole } from './columnRoles.ts';
import { fieldKind, isIntegerType } from './fieldKind.ts';

/** What the first rows of a relation tell of its columns; a column that was not looked at is in neither list. */
export interface HeadCounts {
  readonly rowCount: number;
  /** Different values other than NULL, by column name. */
  readonly valueCounts: ReadonlyMap<string, number>;
  /** Columns of whole numbers that number the rows, without gaps. */
  readonly rowNumbers: ReadonlySet<string>;
}

/** Fewer rows than this say little about what a column holds. */
const FEW_ROWS = 20;
/** A column of whole numbers with no more values than this is a code, such as a class or a rating. */
const MOST_CODES = 5;
/** More bars than this are hard to read. */
const MOST_BARS = 30;

/** Number columns that change and are worth an axis, the best first: fractions, whole numbers, parts of dates and row numbers, codes. */
export function rankedMeasures(columns: readonly ColumnInfo[], head: HeadCounts | undefined): readonly ColumnInfo[] {
  const numbers = columns.filter(
    (column) =>
      fieldKind(column.type) === 'quantitative' && numberRole(column.name) !== 'label' && !isConstant(column, head),
  );
  const rank = (column: ColumnInfo) => {
    if (isCode(column, head)) return 3;
    if (isPart(column, head)) return 2;
    return isIntegerType(column.type) ? 1 : 0;
  };
  return numbers.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether a number column belongs along the x axis: a part of a date, a time as a number, or the number of the row. */
export function isPart({ name }: ColumnInfo, head: HeadCounts | undefined): boolean {
  if (numberRole(name) === 'part') return true;
  return head !== undefined && head.rowCount > FEW_ROWS && head.rowNumbers.has(name);
}

/** Time columns that change, moments before times of the day. */
export function rankedTimes(columns: readonly ColumnInfo[], head: HeadCounts | undefined): readonly ColumnInfo[] {
  const isStamp = ({ type }: ColumnInfo) => type === 'DATE' || type.startsWith('TIMESTAMP');
  return columns
    .filter((column) => fieldKind(column.type) === 'temporal' && !isConstant(column, head))
    .toSorted((a, b) => Number(isStamp(b)) - Number(isStamp(a)));
}

/** The category whose counts are worth bars: one of a few values, no label of single rows. */
export function bestCategory(columns: readonly ColumnInfo[], head: HeadCounts | undefined): ColumnInfo | undefined {
  const categories = columns.filter(({ type }) => fieldKind(type) === 'nominal' && type !== 'UUID');
  const named = categories.filter(({ name }) => numberRole(name) !== 'label');
  return (
    named.find((column) => hasFewValues(column, head)) ??
    named.find((column) => !isConstant(column, head)) ??
    named[0] ??
    categories[0]
  );
}

function isConstant({ name }: ColumnInfo, head: HeadCounts | undefined): boolean {
  return head !== undefined && head.rowCount > 1 && (head.valueCounts.get(name) ?? 2) < 2;
}

function isCode({ name, type }: ColumnInfo, head: HeadCounts | undefined): boolean {
  const most = isIntegerType(type) ? MOST_CODES : 2;
  return head !== undefined && head.rowCount > FEW_ROWS && (head.valueCounts.get(name) ?? Infinity) <= most;
}

function hasFewValues({ name }: ColumnInfo, head: HeadCounts | undefined): boolean {
  const count = head?.valueCounts.get(name) ?? 0;
  return head !== undefined && count > 1 && count <= Math.min(MOST_BARS, head.rowCount / 2);
}
