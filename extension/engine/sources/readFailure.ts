import { PikaError, type PikaErrorDetails, type Remedy } from '#common/base/pikaError';

/** Words for the common kinds of damage in text files, each with what repairs it. */
const CAUSES: readonly { readonly pattern: RegExp; explain(match: RegExpExecArray): Explanation }[] = [
  {
    pattern: /Error when converting column "([\s\S]*?)"\. Could not convert string "([\s\S]*?)" to '([^']+)'/,
    explain: ([, column = '', value = '', type = '']) => ({
      message: `Column ${column} holds "${shortened(value)}", which is no ${type}.`,
      hint: 'The type was guessed from the first rows of the file.',
      remedies: [
        { title: `Read ${column} as text`, readerOptions: { types: { [column]: 'VARCHAR' } } },
        { title: 'Read All Columns as Text', readerOptions: { all_varchar: true } },
        SKIP_BAD_ROWS,
      ],
    }),
  },
  {
    pattern: /Expected Number of Columns: (\d+) Found: (\d+)/,
    explain: ([, expected = '', found = '']) => ({
      message: `A row has ${found} values where ${expected} were expected.`,
      hint: 'Accept such rows, or skip them.',
      remedies: Number(found) < Number(expected) ? [PAD_ROWS, SKIP_BAD_ROWS] : [CUT_ROWS, SKIP_BAD_ROWS],
    }),
  },
  {
    pattern: /Invalid unicode/,
    explain: () => ({
      message: 'The file is not encoded in UTF-8.',
      hint: 'Choose its encoding.',
      remedies: [LATIN_1, SKIP_BAD_ROWS],
    }),
  },
  {
    pattern: /unterminated quote|quote should be followed|Value with unterminated quote/i,
    explain: () => ({
      message: 'A quoted value does not end properly.',
      hint: 'Read the quotes leniently, or skip the rows that do not fit.',
      remedies: [LENIENT, SKIP_BAD_ROWS],
    }),
  },
  {
    pattern: /state machine reached an invalid state/,
    explain: () => ({
      message: 'The file mixes different line ends, or breaks the rules of CSV in another way.',
      hint: 'Read it leniently.',
      remedies: [LENIENT],
    }),
  },
  {
    pattern: /Maximum line size of (\d+) bytes exceeded/,
    explain: ([, limit = '']) => ({
      message: `A line is longer than ${limit} bytes.`,
      hint: 'A missing closing quote is the usual reason.',
      remedies: [LONGER_LINES, SKIP_BAD_ROWS],
    }),
  },
];

interface Explanation {
  readonly message: string;
  readonly hint: string;
  readonly remedies: readonly Remedy[];
}

/** Drops the rows that do not fit. */
export const SKIP_BAD_ROWS: Remedy = { title: 'Skip Bad Rows', readerOptions: { ignore_errors: true } };
/** Fills short rows up. */
export const PAD_ROWS: Remedy = { title: 'Fill Short Rows with NULL', readerOptions: { null_padding: true } };
/** Drops the surplus of long rows. */
export const CUT_ROWS: Remedy = { title: 'Cut Long Rows', readerOptions: { strict_mode: false } };
/** Accepts rows that break the rules of CSV. */
export const LENIENT: Remedy = { title: 'Read Leniently', readerOptions: { strict_mode: false } };
/** For lines of up to 16 MB; DuckDB's buffers grow with it, and beyond 32 MB they do not fit a small engine. */
export const LONGER_LINES: Remedy = { title: 'Allow Longer Lines', readerOptions: { max_line_size: '16777216' } };
/** For files of Western Windows programs. */
export const LATIN_1: Remedy = { title: 'Read as Latin-1', readerOptions: { encoding: 'latin-1' } };
/** The same with quotation marks, dashes and the euro sign, which Latin-1 does not have. */
export const WINDOWS_1252: Remedy = { title: 'Read as Windows-1252', readerOptions: { encoding: 'windows-1252' } };
/** For files of spreadsheets that write "Unicode text". */
export const UTF_16: Remedy = { title: 'Read as UTF-16', readerOptions: { encoding: 'utf-16' } };

/** The same with its bytes the other way round. */
export const UTF_16_BE: Remedy = { title: 'Read as UTF-16', readerOptions: { encoding: 'utf-16be' } };

const MAX_SHOWN = 60;

/** What DuckDB says of a damaged text or Parquet file, in our words; null when the message is about something else. */
export function readFailure(message: string, cause: unknown): PikaError | null {
  return csvFailure(message, cause) ?? jsonFailure(message, cause) ?? parquetFailure(message, cause);
}

function csvFailure(message: string, cause: unknown): PikaError | null {
  if (/File is not latin-1 encoded/.test(message)) {
    const details = { hint: 'Windows-1252 has more characters than Latin-1.', remedies: [WINDOWS_1252] };
    return new PikaError('source-format', 'The file is not encoded in Latin-1.', details, { cause });
  }
  const line = /CSV Error on Line: (\d+)/.exec(message);
  if (!line && !/\n\s*file = /.test(message)) return null;
  const lineNumber = line ? Number(line[1]) : null;
  const details = { ...pathDetails(/\n\s*file = (.+)\n/.exec(message)?.[1]), ...lineDetails(lineNumber) };
  for (const { pattern, explain } of CAUSES) {
    const match = pattern.exec(message);
    if (!match) continue;
    const { message: text, hint, remedies } = explain(match);
    return new PikaError('source-format', text, { ...details, hint, remedies }, { cause });
  }
  const sentence = message.split('\n').find((each) => each && !/^(CSV Error|Original Line)/.test(each)) ?? message;
  const remedies = [LENIENT, SKIP_BAD_ROWS];
  return new PikaError('source-format', sentence, { ...details, hint: 'Read it leniently.', remedies }, { cause });
}

/** How the failure of reading a file that is no JSON begins. */
export const MALFORMED_JSON = 'This is not valid JSON';
const JSON_PLACE = /^(JSON transform error|Malformed JSON) in file "(.+?)",.*? in (line|record\/value) (\d+): ([^\n]*)/;

function jsonFailure(message: string, cause: unknown): PikaError | null {
  const [, kind, path = '', unit, count, reason = ''] = JSON_PLACE.exec(message) ?? [];
  if (kind === undefined) return null;
  const isMalformed = kind === 'Malformed JSON';
  // DuckDB counts one too many where the text is malformed.
  const line = unit === 'line' ? Number(count) - (isMalformed ? 1 : 0) : null;
  const details = { path, ...lineDetails(line), ...(isMalformed ? malformedHelp(line !== null) : UNFIT_HELP) };
  const sentence = isMalformed ? `${MALFORMED_JSON}: ${reason.trim()}` : reason.trim();
  return new PikaError('source-format', sentence, details, { cause });
}

const VALUES_AS_NULL: Remedy = { title: 'Read Unfit Values as NULL', readerOptions: { ignore_errors: true } };

const UNFIT_HELP: PikaErrorDetails = {
  hint: 'The types were guessed from the first rows.',
  remedies: [{ title: 'Look at All Rows to Find the Types', readerOptions: { sample_size: -1 } }, VALUES_AS_NULL],
};

function malformedHelp(isJsonLines: boolean): PikaErrorDetails {
  return isJsonLines
    ? { hint: 'Correct that line, or read it as NULL.', remedies: [VALUES_AS_NULL] }
    : { hint: 'Correct the file, or export it again.' };
}

const BROKEN_PARQUET =
  /No magic bytes found at (?:end|the end)|too small to be a Parquet file|TProtocolException|Footer length|Invalid (?:parquet|thrift)/i;

function parquetFailure(message: string, cause: unknown): PikaError | null {
  if (!BROKEN_PARQUET.test(message)) return null;
  const path = /file ['"](.+?)['"]/.exec(message)?.[1];
  return new PikaError(
    'source-format',
    'This is not a complete Parquet file: its end is missing or damaged.',
    { ...pathDetails(path), hint: 'It may not have been written or copied to the end.' },
    { cause },
  );
}

function pathDetails(path: string | undefined): PikaErrorDetails {
  return path === undefined ? {} : { path };
}

function lineDetails(line: number | null): PikaErrorDetails {
  return line === null ? {} : { line };
}

function shortened(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
