import { baseType, fieldKind } from '#common/plot/fieldKind';
import type { ColumnFilter } from '#common/table/tableView';

/** A range of a histogram as a filter; times come as milliseconds since 1970 in UTC, those of a day as such. */
export function brushFilter(column: string, type: string, low: number, high: number): ColumnFilter {
  const text = fieldKind(type) === 'temporal' ? (value: number) => timeText(value, baseType(type)) : String;
  return { kind: 'range', column, low: text(low), high: text(high) };
}

function timeText(value: number, type: string): string {
  const iso = new Date(value).toISOString();
  const [date = '', time = ''] = iso.replace('Z', '').split('T');
  if (type === 'DATE') return date;
  if (type.startsWith('TIME') && !type.startsWith('TIMESTAMP')) return time;
  return `${date} ${time}${type.endsWith('TIME ZONE') ? '+00' : ''}`;
}
