import { PikaError } from '../base/pikaError.ts';
import { sqlTokens } from '../document/sqlTokens.ts';

/** What a parameter holds. */
export type ParameterType = 'number' | 'text' | 'boolean' | 'date' | 'list';

/** The value that stands for `$name` in a query; numbers, dates and the members of a list are written as texts. */
export interface QueryParameter {
  readonly type: ParameterType;
  readonly value: string | number | boolean | readonly (string | number)[];
}

/** The parameters of a query by name. */
export type QueryParameters = Readonly<Record<string, QueryParameter>>;

/** A query with values in place of its parameters. */
export interface BoundSql {
  readonly sql: string;
  /** Where a place of `sql` was before. */
  originalOffset(offset: number): number;
}

interface Place {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Names of the parameters in a text, in order of appearance. */
export function parameterNames(sql: string): readonly string[] {
  return [...new Set(parameterPlaces(sql).map(({ name }) => name))];
}

/** Puts typed, quoted literals in place of parameters. @throws PikaError `query-failed` with its place for one without a value. */
export function bindParameters(sql: string, parameters: QueryParameters = {}): BoundSql {
  const places = parameterPlaces(sql);
  let text = '';
  let end = 0;
  const shifts: { readonly from: number; readonly to: number; readonly original: Place }[] = [];
  for (const place of places) {
    const parameter = Object.hasOwn(parameters, place.name) ? parameters[place.name] : undefined;
    if (!parameter) throw missingValue(place);
    text += sql.slice(end, place.start);
    const literal = parameterLiteral(place.name, parameter);
    shifts.push({ from: text.length, to: text.length + literal.length, original: place });
    text += literal;
    end = place.end;
  }
  const originalOffset = (offset: number) => {
    const shift = shifts.findLast(({ from }) => from <= offset);
    if (!shift) return offset;
    return offset < shift.to ? shift.original.start : offset - shift.to + shift.original.end;
  };
  return { sql: text + sql.slice(end), originalOffset };
}

/** Why a parameter's value does not fit its type, as a sentence; null when it does. */
export function parameterProblem({ type, value }: QueryParameter): string | null {
  switch (type) {
    case 'number':
      return isNumberText(String(value)) ? null : 'Write a number.';
    case 'date':
      return DATE.test(String(value)) ? null : 'Write a date as 2024-12-31, with a time as 2024-12-31 23:59:59.';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'Choose true or false.';
    case 'list':
      return Array.isArray(value) ? null : 'Write values with commas between them.';
    case 'text':
      return null;
  }
}

/** A parameter as a SQL expression that means its value whatever is in it. @throws PikaError `bad-request`. */
export function parameterLiteral(name: string, parameter: QueryParameter): string {
  const problem = parameterProblem(parameter);
  if (problem) throw new PikaError('query-failed', `The parameter $${name} has no usable value.`, { hint: problem });
  const { type, value } = parameter;
  switch (type) {
    case 'number':
      return `(${String(value).trim()})`;
    case 'date':
      return `CAST(${quoted(String(value).trim())} AS ${String(value).trim().length > DAY_LENGTH ? 'TIMESTAMP' : 'DATE'})`;
    case 'boolean':
      return value === true ? 'true' : 'false';
    case 'list':
      return listLiteral(Array.isArray(value) ? (value as readonly (string | number)[]) : []);
    case 'text':
      return quoted(String(value));
  }
}

const DATE = /^\s*\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?\s*$/;
const DAY_LENGTH = '2024-12-31'.length;

function listLiteral(values: readonly (string | number)[]): string {
  const areNumbers = values.length > 0 && values.every((each) => isNumberText(String(each)));
  return `[${values.map((each) => (areNumbers ? String(each).trim() : quoted(String(each)))).join(', ')}]`;
}

function isNumberText(text: string): boolean {
  return /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function parameterPlaces(sql: string): readonly Place[] {
  const tokens = sqlTokens(sql);
  return tokens.flatMap((token, i) => {
    const name = tokens[i + 1];
    const isParameter = token.kind === 'symbol' && token.text === '$' && name?.kind === 'word';
    return isParameter ? [{ name: name.text, start: token.start, end: name.end }] : [];
  });
}

function missingValue({ name, start }: Place): PikaError {
  return new PikaError('query-failed', `The parameter $${name} has no value.`, {
    offset: start,
    hint: 'Give it one in the panel of this node.',
  });
}
