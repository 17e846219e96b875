import { PikaError, type Remedy } from '#common/base/pikaError';
import type { SourceNotice } from '#common/protocol/engineContract';
import { foundDialect, sniffCsv, type CsvDialect } from './csvDialect.ts';
import { workingRemedies } from './csvRemedies.ts';
import { evidentDialect } from './evidentDialect.ts';
import { keepLongIntegers } from './longIntegers.ts';
import { mayMissValues, missingValueNotices } from './missingValues.ts';
import { readCommaNumbers } from './numberSeparators.ts';
import { LATIN_1, LENIENT, LONGER_LINES, PAD_ROWS, SKIP_BAD_ROWS, WINDOWS_1252 } from './readFailure.ts';
import { checkReaderOptions, readerCall, type ReaderOptions } from './readerOptions.ts';
import { requireSameColumns } from './sameColumns.ts';
import { readWrittenDates } from './writtenDates.ts';
import { columnsOf, type FoundSource, type SourceReading } from './sourceContext.ts';
import { literalPattern } from './sourceFiles.ts';
import { markedEncoding, readTextHead, refuseJson } from './textHead.ts';

/** Options that add columns to those in the file. */
const ADDING_OPTIONS = ['filename', 'hive_partitioning', 'hive_types'];

/** DuckDB notes no rejected rows of files whose columns are united. */
const UNCOUNTED: SourceNotice = {
  message: 'Rows that do not fit are skipped, and not counted.',
  hint: 'Remove the reader option union_by_name to see them.',
};

/** Finds out how CSV or TSV files are to be read. @throws PikaError with remedies when they cannot be read as they are. */
export async function readCsvSource(source: FoundSource): Promise<SourceReading> {
  const { connection, request, found } = source;
  checkReaderOptions('read_csv', request.options);
  const options = await csvOptions(source);
  const head = await readTextHead(filled(source), options);
  refuseJson(head, filled(source).path);
  if (options['union_by_name'] === true) {
    const relation = readerCall('read_csv', found.patterns, options);
    const notices = options['ignore_errors'] === true ? [UNCOUNTED] : [];
    return { relation, columns: await columnsOf(connection, relation), rowCount: null, notices };
  }
  const sniffed = await sniff(source, options, head ?? '');
  await requireSameColumns(connection, found.files, { options, dialect: sniffed });
  const csv = { pattern: literalPattern(filled(source).path), options, head, dialect: sniffed };
  const numbers = await readCommaNumbers(connection, csv);
  const exact = await keepLongIntegers(connection, { ...csv, dialect: numbers.dialect });
  const dialect = await readWrittenDates(connection, { ...csv, dialect: exact });
  const relation = readerCall('read_csv', found.patterns, dialect.options);
  const isBindingNeeded = found.files.length > 1 || ADDING_OPTIONS.some((name) => options[name] !== undefined);
  const columns = isBindingNeeded ? await columnsOf(connection, relation) : dialect.columns;
  const read = { relation, columns, nullTexts: nullTexts(options) };
  const missing = (await mayMiss(source, head, dialect)) ? await missingValueNotices(connection, read) : [];
  const notices = [...skippedLinesNotices(sniffed, options), ...numbers.notices, ...missing];
  const text = { reader: 'read_csv', options: dialect.options } as const;
  return { relation, columns, rowCount: null, notices, dialect: foundDialect(dialect), text };
}

async function csvOptions(source: FoundSource): Promise<ReaderOptions> {
  const { format, options } = source.request;
  const hasDelimiter = options['delim'] !== undefined || options['sep'] !== undefined;
  const encoding = options['encoding'] === undefined ? await markedEncoding(filled(source).path) : null;
  return { ...(format === 'tsv' && !hasDelimiter && { delim: '\t' }), ...(encoding && { encoding }), ...options };
}

/** Whether a word for "missing" may stand in the first rows, which only of one plain file can be told without reading them. */
async function mayMiss(source: FoundSource, head: string | null, { options, delimiter }: CsvDialect): Promise<boolean> {
  const isPlain = head !== null && source.found.files.length === 1 && options['encoding'] === undefined;
  return !isPlain || mayMissValues(filled(source).path, delimiter);
}

/** What is read as NULL; DuckDB takes the empty text unless told otherwise. */
function nullTexts({ nullstr }: ReaderOptions): readonly string[] {
  const given = Array.isArray(nullstr) ? nullstr : [nullstr ?? ''];
  return given.map(String);
}

/** The first file with content, or the first file. */
function filled({ found: { files } }: FoundSource) {
  const file = files.find(({ byteLength }) => byteLength > 0) ?? files[0];
  if (!file) throw new PikaError('source-missing', 'There is no file to read.');
  return file;
}

async function sniff(source: FoundSource, options: ReaderOptions, head: string): Promise<CsvDialect> {
  const { connection } = source;
  const { path } = filled(source);
  const pattern = literalPattern(path);
  let dialect: CsvDialect;
  try {
    const evident = await evidentDialect(path, head, options);
    dialect = await sniffCsv(connection, pattern, { ...options, ...evident });
  } catch (error) {
    throw await explained(source, { pattern, path, options, head }, error);
  }
  if (isRagged(dialect, options, head)) throw await raggedError(source, { pattern, path, options, head }, dialect);
  return dialect;
}

interface SniffedFile {
  readonly pattern: string;
  readonly path: string;
  readonly options: ReaderOptions;
  readonly head: string;
}

/** Rows of different lengths make DuckDB give up on all columns, or pass over the first rows: neither may go unsaid. */
function isRagged(dialect: CsvDialect, options: ReaderOptions, head: string): boolean {
  const { columns, delimiter } = dialect;
  const [firstLine = ''] = head.split(/\r?\n/);
  if (skippedLines(dialect, options) > 0) return firstLine.includes(delimiter);
  const isGiven = ['delim', 'sep', 'columns', 'names'].some((name) => options[name] !== undefined);
  return (
    columns.length === 1 &&
    !isGiven &&
    [',', ';', '\t', '|'].some((each) => each !== delimiter && firstLine.includes(each))
  );
}

/** Lines that DuckDB passed over without being told to. */
function skippedLines({ options: dialect }: CsvDialect, options: ReaderOptions): number {
  return options['skip'] === undefined ? Number(dialect['skip'] ?? 0) : 0;
}

function skippedLinesNotices(dialect: CsvDialect, options: ReaderOptions): readonly SourceNotice[] {
  const count = skippedLines(dialect, options);
  if (count === 0) return [];
  const lines = count === 1 ? 'first line is' : `first ${count} lines are`;
  return [
    { message: `The ${lines} no part of the table and left out.`, hint: 'Set the reader option skip to change that.' },
  ];
}

async function raggedError(
  source: FoundSource,
  file: SniffedFile,
  { delimiter, columns }: CsvDialect,
): Promise<PikaError> {
  const skip: Remedy = {
    title: 'Skip Rows of Another Length',
    readerOptions: { header: true, skip: 0, ignore_errors: true },
  };
  const working = await workingRemedies(source.connection, file.pattern, file.options, [PAD_ROWS, skip]);
  const asText: Remedy = { title: 'Read Each Line as One Value', readerOptions: { delim: delimiter } };
  return new PikaError('source-format', 'The rows have different numbers of values.', {
    path: file.path,
    hint: 'Fill the short rows up, or skip those that do not fit.',
    remedies: columns.length === 1 ? [...working, asText] : working,
  });
}

async function explained(source: FoundSource, file: SniffedFile, error: unknown): Promise<unknown> {
  if (!PikaError.is(error)) return error;
  const isSniffing = /Error when sniffing file/.test(error.message);
  if (!isSniffing && error.code !== 'source-format') return error;
  const isEncoding = error.details.remedies?.includes(LATIN_1) === true;
  const isLong = error.details.remedies?.includes(LONGER_LINES) === true;
  const usual = isLong ? [LONGER_LINES, SKIP_BAD_ROWS] : [LENIENT, PAD_ROWS, SKIP_BAD_ROWS];
  const candidates = isEncoding ? [LATIN_1, SKIP_BAD_ROWS] : usual;
  const working = await workingRemedies(source.connection, file.pattern, file.options, candidates);
  const remedies = isEncoding && !working.includes(LATIN_1) ? [WINDOWS_1252, ...working] : working;
  const message = isEncoding || isLong ? error.message : splitFailure(file.head);
  const { hint = 'Read it leniently, or name its delimiter with the reader option delim.', line } = error.details;
  const place = line === undefined ? {} : { line };
  return new PikaError('source-format', message, { path: file.path, hint, remedies, ...place }, { cause: error });
}

function splitFailure(head: string): string {
  const hasBoth = head.includes('\r\n') && /[^\r]\n/.test(head);
  return hasBoth
    ? 'The file mixes different line ends.'
    : 'No way was found to split the lines of this file into columns.';
}
