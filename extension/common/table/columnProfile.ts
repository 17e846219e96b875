import type { ValueCount } from '../protocol/tableContract.ts';

/** One bar of a profile: both ends in data units (milliseconds for times), the last bar holds its end. */
export interface ProfileBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** What one or two scans tell about a column; texts are DuckDB's display texts. */
export interface ColumnProfile {
  readonly isExact: boolean;
  readonly rowCount: number;
  readonly nullCount: number;
  readonly distinctCount: number;
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  /** 5, 25, 50, 75 and 95 % in data units (milliseconds for times); empty where the type has no order to speak of. */
  readonly quantiles: readonly number[];
  readonly bins: readonly ProfileBin[];
  readonly topValues: readonly ValueCount[];
  /** Values beyond 1.5 times the distance of the quartiles. */
  readonly outlierCount: number;
  /** Non-null texts that read as numbers, and as dates or times. */
  readonly numericTextCount: number;
  readonly dateTextCount: number;
}

const MOSTLY = 0.9;
const MAX_VALUE_LENGTH = 80;

/** What a user should know about a column, most important first, a few words each. */
export function qualityHints(profile: ColumnProfile): readonly string[] {
  const { rowCount, nullCount, distinctCount, topValues, outlierCount } = profile;
  const valueCount = rowCount - nullCount;
  if (rowCount === 0) return [];
  if (valueCount === 0) return ['Every value is null.'];
  const about = profile.isExact ? '' : 'About ';
  const hints: string[] = [];
  if (distinctCount === 1)
    hints.push(`Constant: every value is ${valueWords(topValues.find(({ value }) => value !== null)?.value)}.`);
  else if (distinctCount >= valueCount && profile.isExact) hints.push('All values are distinct.');
  else if (distinctCount >= valueCount * MOSTLY && profile.isExact) {
    hints.push(`Nearly distinct: ${(valueCount - distinctCount).toLocaleString('en-US')} duplicates.`);
  }
  const mixed = mixedHint(profile, valueCount);
  if (mixed) hints.push(mixed);
  if (outlierCount > 0) {
    const word = outlierCount === 1 ? 'outlier' : 'outliers';
    hints.push(`${about}${outlierCount.toLocaleString('en-US')} ${word} beyond 1.5 quartile distances.`);
  }
  return hints;
}

function valueWords(value: string | null | undefined): string {
  if (value === null || value === undefined) return 'the same';
  if (value === '') return 'the empty text';
  return value.length > MAX_VALUE_LENGTH ? `${value.slice(0, MAX_VALUE_LENGTH)}…` : value;
}

function mixedHint({ numericTextCount, dateTextCount }: ColumnProfile, valueCount: number): string | null {
  const kinds = [
    { count: numericTextCount, word: 'numbers' },
    { count: dateTextCount, word: 'dates' },
  ];
  const [most] = kinds.sort((a, b) => b.count - a.count);
  if (!most || most.count === 0) return null;
  if (most.count === valueCount) return `Text that holds only ${most.word}.`;
  const rest = (valueCount - most.count).toLocaleString('en-US');
  return `Mixed: ${most.count.toLocaleString('en-US')} texts are ${most.word}, ${rest} are not.`;
}
