import { PikaError, type PikaErrorCode, type PikaErrorDetails } from '#common/base/pikaError';
import { utf16Offset } from '../gate/textOffset.ts';
import { readFailure } from '../sources/readFailure.ts';

/** What DuckDB says with `errors_as_json`. */
interface DuckdbFailure {
  readonly type: string;
  readonly message: string;
  /** Into the text that was run, in UTF-8 bytes. */
  readonly byteOffset: number | null;
  /** The name that was not found, if that is the failure. */
  readonly name: string | null;
  /** The same, when it is a table's. */
  readonly missingTable: string | null;
  /** What DuckDB found instead. */
  readonly candidates: readonly string[];
}

const NO_NAMES = { name: null, missingTable: null, candidates: [] } as const;

/** The user's text inside the text that was run. */
export interface FailedStatement {
  readonly sql: string;
  /** Bytes that stood before it. */
  readonly prefixBytes: number;
}

const JSON_TAIL = /\{[\s\S]*\}$/;

/** Reads an error of DuckDB's binding; anything else has the type `unknown`. */
export function readDuckdbFailure(error: unknown): DuckdbFailure {
  const text = error instanceof Error ? error.message : String(error);
  const json = JSON_TAIL.exec(text)?.[0];
  const parsed = json === undefined ? null : parseObject(json);
  const message = parsed?.['exception_message'];
  if (!parsed || typeof message !== 'string') {
    return { type: 'unknown', message: text, byteOffset: null, ...NO_NAMES };
  }
  const position = parsed['position'];
  const byteOffset = typeof position === 'string' ? Number(position) : null;
  return { type: String(parsed['exception_type']), message, byteOffset, ...namesOf(parsed) };
}

/** What is said of a table that nothing has; the tables that DuckDB offers instead are its own. */
export function missingTableSentence(name: string): string {
  return `There is no node, table or file named ${name}.`;
}

function namesOf(
  parsed: Readonly<Record<string, unknown>>,
): Pick<DuckdbFailure, 'name' | 'missingTable' | 'candidates'> {
  const name = typeof parsed['name'] === 'string' ? parsed['name'] : null;
  const candidates = typeof parsed['candidates'] === 'string' ? parsed['candidates'].split(',') : [];
  return { name, missingTable: parsed['type'] === 'Table' ? name : null, candidates };
}

/** The error of a statement in words and codes of ours; an interrupt is `cancelled`. */
export function queryError(error: unknown, statement: FailedStatement | null = null): PikaError {
  if (error instanceof PikaError) return error;
  if (error instanceof Error && error.constructor !== Error) {
    return new PikaError('internal', error.message, {}, { cause: error });
  }
  const failure = readDuckdbFailure(error);
  const damage = readFailure(failure.message, error);
  if (damage) return damage;
  const { missingTable } = failure;
  const missing = missingTable === null ? {} : { missingTable };
  const details = { ...hintFor(failure), ...missing, ...offsetDetails(failure, statement) };
  return new PikaError(codeOf(failure), sentenceOf(failure), details, { cause: error });
}

function parseObject(json: string): Record<string, unknown> | null {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return null;
  }
}

const NETWORK = /file "(?!file:)\w+:\/\/|^File \w+:\/\/\S* requires the extension/;
/** An error's text may be the data's own, of any length. */
const MAX_MESSAGE_LENGTH = 2000;

function isNetwork({ type, message }: DuckdbFailure): boolean {
  return (type === 'Permission' || type === 'Missing Extension') && NETWORK.test(message);
}

function codeOf(failure: DuckdbFailure): PikaErrorCode {
  const { type, message } = failure;
  if (type === 'INTERRUPT' || type === 'Interrupt') return 'cancelled';
  if (type === 'Parser') return 'query-syntax';
  if (isNetwork(failure)) return 'query-refused';
  if (type === 'Permission') return 'source-outside';
  if (type === 'IO' && message.startsWith('No files found')) return 'source-missing';
  return 'query-failed';
}

function sentenceOf(failure: DuckdbFailure): string {
  const { type, message, missingTable } = failure;
  if (isNetwork(failure)) return 'Reading from the network is not allowed.';
  if (missingTable !== null) return missingTableSentence(missingTable);
  switch (type) {
    case 'Out of Memory':
      return 'The query needs more memory than the engine may use.';
    case 'Permission':
      return 'The query reads a file outside the folders that Pika may read.';
    default:
      return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message.trim();
  }
}

function hintFor(failure: DuckdbFailure): PikaErrorDetails {
  if (isNetwork(failure)) return { hint: 'Save the file here and open that.' };
  switch (failure.type) {
    case 'Out of Memory':
      return { hint: 'Select fewer columns or rows, or raise the setting pika.engine.memoryLimit.' };
    case 'Permission':
      return { hint: 'Open the file with Pika, or add its folder to the workspace.' };
    default:
      return {};
  }
}

function offsetDetails(failure: DuckdbFailure, statement: FailedStatement | null): PikaErrorDetails {
  if (!statement || failure.byteOffset === null) return {};
  const byteOffset = failure.byteOffset - statement.prefixBytes;
  const offset = byteOffset < 0 ? -1 : utf16Offset(statement.sql, byteOffset);
  return offset < 0 || offset > statement.sql.length ? {} : { offset };
}
