import type { FoundDialect } from '#common/protocol/engineContract';
import { without } from '../ui/without.ts';

type Options = Readonly<Record<string, unknown>>;

/** A reader option that the side panel edits, in DuckDB's word. */
export type CsvField =
  | 'delim'
  | 'quote'
  | 'header'
  | 'skip'
  | 'nullstr'
  | 'decimal_separator'
  | 'dateformat'
  | 'timestampformat'
  | 'encoding'
  | 'strict_mode';

/** One option as the panel shows it; the empty text means that DuckDB finds out by itself. */
export interface CsvFieldView {
  readonly name: CsvField;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[] | null;
}

const AUTOMATIC = { value: '', label: 'automatic' };

const CHOICES: Readonly<Partial<Record<CsvField, readonly (readonly [value: string, label: string])[]>>> = {
  delim: [
    [',', 'comma ,'],
    [';', 'semicolon ;'],
    ['\t', 'tab'],
    ['|', 'bar |'],
    [' ', 'space'],
  ],
  quote: [
    ['"', 'double "'],
    ["'", "single '"],
  ],
  header: [
    ['true', 'first row'],
    ['false', 'none'],
  ],
  decimal_separator: [
    ['.', 'point'],
    [',', 'comma'],
  ],
  encoding: [
    ['utf-8', 'UTF-8'],
    ['latin-1', 'Latin-1'],
    ['windows-1252', 'Windows-1252'],
    ['utf-16', 'UTF-16'],
  ],
  strict_mode: [
    ['true', 'strict'],
    ['false', 'lenient'],
  ],
};

const LABELS: Readonly<Record<CsvField, string>> = {
  delim: 'Delimiter',
  quote: 'Quote',
  header: 'Header',
  skip: 'Skip lines',
  nullstr: 'Null texts',
  decimal_separator: 'Decimal',
  dateformat: 'Date',
  timestampformat: 'Timestamp',
  encoding: 'Encoding',
  strict_mode: 'Strictness',
};

const PLACEHOLDERS: Readonly<Partial<Record<CsvField, string>>> = {
  nullstr: 'such as NA, -',
  skip: 'automatic',
  dateformat: 'such as %d.%m.%Y',
  timestampformat: 'such as %d.%m.%Y %H:%M',
};

/**
 * Every option with its present value.
 * @param found What DuckDB found for those that are left to it.
 */
export function csvFields(options: Options, found: FoundDialect | null): CsvFieldView[] {
  return (Object.keys(LABELS) as CsvField[]).map((name) => {
    const value = textOf(name, options[name]);
    const foundText = value === '' ? found?.[name] : undefined;
    return {
      name,
      label: LABELS[name],
      value,
      placeholder: foundText === undefined ? (PLACEHOLDERS[name] ?? '') : `${foundText} (found)`,
      choices: choicesOf(name, value, foundText),
    };
  });
}

/** The options with one changed; the empty text, and a number that is none, leave it to DuckDB. */
export function withCsvField(options: Options, name: CsvField, text: string): Options {
  const value = valueOf(name, text);
  return value === undefined ? without(options, name) : { ...options, [name]: value };
}

function choicesOf(name: CsvField, value: string, found: string | undefined): CsvFieldView['choices'] {
  const choices = CHOICES[name];
  if (!choices) return null;
  const word = choices.find(([each]) => each === found)?.[1] ?? found;
  const automatic = word === undefined ? AUTOMATIC : { value: '', label: `${word} (found)` };
  const known = [automatic, ...choices.map(([each, label]) => ({ value: each, label }))];
  return known.some((choice) => choice.value === value) ? known : [...known, { value, label: value }];
}

function textOf(name: CsvField, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(String).join(', ');
  if (typeof value === 'string') return name === 'encoding' ? value.toLowerCase() : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function valueOf(name: CsvField, text: string): unknown {
  if (text === '') return undefined;
  switch (name) {
    case 'header':
    case 'strict_mode':
      return text === 'true';
    case 'skip':
      return /^\d+$/.test(text.trim()) ? Number(text) : undefined;
    case 'nullstr': {
      const texts = text.split(',').map((each) => each.trim());
      return texts.length === 1 ? texts[0] : texts;
    }
    case 'delim':
    case 'quote':
    case 'dateformat':
    case 'timestampformat':
    case 'decimal_separator':
    case 'encoding':
      return text;
  }
}
