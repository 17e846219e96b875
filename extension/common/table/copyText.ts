import { fieldKind } from '../plot/fieldKind.ts';
import type { ColumnInfo } from '../protocol/engineContract.ts';
import { isNested } from './nestedType.ts';

export type CopyFormat = 'tsv' | 'tsv-headers' | 'csv' | 'markdown' | 'json' | 'in-list';

/** Cells of one copy at most; beyond this an export is the better way. */
export const MAX_COPIED_CELLS = 1_000_000;

/** Rows of display texts, null for null. */
export type TextRows = readonly (readonly (string | null)[])[];

/**
 * Cells as text for the clipboard.
 * @param rows For `json`, values of nested types are JSON already.
 */
export function copyText(format: CopyFormat, columns: readonly ColumnInfo[], rows: TextRows): string {
  const names = columns.map(({ name }) => name);
  switch (format) {
    case 'tsv':
      return rows.map((row) => row.map(tabbed).join('\t')).join('\n');
    case 'tsv-headers':
      return [names, ...rows].map((row) => row.map(tabbed).join('\t')).join('\n');
    case 'csv':
      return [names, ...rows].map((row) => row.map(commaSeparated).join(',')).join('\n');
    case 'markdown':
      return markdown(columns, rows);
    case 'json':
      return jsonText(columns, rows);
    case 'in-list':
      return inList(columns, rows);
  }
}

/** Spreadsheets read a quoted field; a cell with a tab or line break would otherwise become several. */
function tabbed(text: string | null): string {
  if (text === null) return '';
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function commaSeparated(text: string | null): string {
  if (text === null) return '';
  return text === '' || /[,\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function markdown(columns: readonly ColumnInfo[], rows: TextRows): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const escape = (text: string | null) => (text ?? '').replace(/[\\|]/g, '\\$&').replace(/\r\n?|\n/g, '<br>');
  const rule = columns.map(({ type }) => (fieldKind(type) === 'quantitative' ? '---:' : '---'));
  return [line(columns.map(({ name }) => escape(name))), line(rule), ...rows.map((row) => line(row.map(escape)))].join(
    '\n',
  );
}

/** JSON has no such numbers: they become what they are as a column's own values. */
const BARE_WORDS: ReadonlyMap<string, string> = new Map([
  ['NaN', '"nan"'],
  ['Infinity', '"inf"'],
  ['-Infinity', '"-inf"'],
]);
const TEXT_OR_BARE_WORD = /"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g;

function jsonText(columns: readonly ColumnInfo[], rows: TextRows): string {
  const names = columns.map(({ name }) => JSON.stringify(name));
  const objects = rows.map((row) => {
    const fields = row.map((text, index) => `${names[index]}: ${jsonValue(text, columns[index]?.type ?? '')}`);
    return `  { ${fields.join(', ')} }`;
  });
  return objects.length === 0 ? '[]' : `[\n${objects.join(',\n')}\n]`;
}

function jsonValue(text: string | null, type: string): string {
  if (text === null) return 'null';
  if (type === 'JSON') return text;
  if (isNested(type)) return text.replace(TEXT_OR_BARE_WORD, (part) => BARE_WORDS.get(part) ?? part);
  const isNumber = fieldKind(type) === 'quantitative' && /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text);
  return isNumber || type === 'BOOLEAN' ? text : JSON.stringify(text);
}

/** The values of all cells once each, as they stand after `IN`. */
function inList(columns: readonly ColumnInfo[], rows: TextRows): string {
  const values = new Set<string>();
  for (const row of rows) {
    row.forEach((text, index) => {
      if (text !== null) values.add(sqlLiteral(text, columns[index]?.type ?? ''));
    });
  }
  // An empty list is no SQL; nothing is in this one either.
  return values.size === 0 ? '(NULL)' : `(${[...values].join(', ')})`;
}

function sqlLiteral(text: string, type: string): string {
  const isNumber = fieldKind(type) === 'quantitative' && /^-?[\d.]+(e[+-]?\d+)?$/i.test(text);
  return isNumber || type === 'BOOLEAN' ? text : `'${text.replaceAll("'", "''")}'`;
}
