import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import { sqlIdentifier, nameKey } from '#common/document/names';
import { sqlTokens } from '#common/document/sqlTokens';
import type { SqlInspection, TableReference } from '#common/protocol/engineContract';
import { meantSentence, nearestNames } from '#common/sql/nearestNames';
import { bindParameters, type QueryParameters } from '#common/sql/parameters';
import type { SqlProblem, SqlTableShape } from '#common/sql/sqlProblem';
import { quoteIdentifier } from '../../query/quote.ts';
import { missingTableSentence, readDuckdbFailure } from '../database/duckdbFailure.ts';
import { interruptible } from '../database/interruptible.ts';
import { utf16Offset } from '../gate/textOffset.ts';
import type { RunServices } from '../run/queryRunner.ts';

/** A text to be checked, and what it may read. */
export interface CheckRequest {
  readonly sql: string;
  readonly tables: readonly SqlTableShape[];
  readonly parameters: QueryParameters;
}

/** Faults of a text, found by parsing it and binding it to empty tables of the same columns; nothing of it runs. */
export async function checkSql(
  services: RunServices,
  request: CheckRequest,
  signal: AbortSignal,
): Promise<readonly SqlProblem[]> {
  const inspection = await services.gate.inspect(request.sql);
  if (inspection.kind !== 'select') return parseProblems(request.sql, inspection);
  const shapes = shapesOf(inspection.tables, request.tables);
  if (!shapes.every(({ columns }) => columns.length > 0)) return [];
  try {
    const { sql, originalOffset } = bindParameters(request.sql, request.parameters);
    const statement = await services.gate.pass(sql);
    const prefix = `${commonTables(shapes)}SELECT * FROM (`;
    const bind = (running: AbortSignal) =>
      services.pool.use((connection) => bindOnly(connection, `${prefix}${statement}\n) LIMIT 0`, running));
    const failure = await services.scheduler.run(bind, { lane: 'interactive' }, signal);
    return failure === null ? [] : [bindProblem(request, { failure, prefix, sql, originalOffset })];
  } catch (error) {
    if (!PikaError.is(error) || error.code === 'cancelled') throw error;
    const hint = error.details.hint ? ` ${error.details.hint}` : '';
    return [problemAt(request.sql, error.details.offset ?? null, `${error.message}${hint}`)];
  }
}

function parseProblems(sql: string, inspection: Exclude<SqlInspection, { kind: 'select' }>): readonly SqlProblem[] {
  switch (inspection.kind) {
    case 'empty':
      return [];
    case 'refused':
      return [problemAt(sql, secondStatement(sql), inspection.reason)];
    case 'syntax-error':
      return [problemAt(sql, inspection.offset, inspection.message)];
  }
}

/** Where a second statement begins; null when there is one at most. */
function secondStatement(sql: string): number | null {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const end = tokens.findIndex(({ text }) => text === ';');
  return end < 0 ? null : (tokens.slice(end).find(({ text }) => text !== ';')?.start ?? null);
}

/** The nodes that a text reads; their columns are empty where they are not known. */
function shapesOf(references: readonly TableReference[], tables: readonly SqlTableShape[]): readonly SqlTableShape[] {
  const named = new Set(references.map(({ name }) => nameKey(name)));
  return tables.filter(({ name }) => named.has(nameKey(name)));
}

function commonTables(shapes: readonly SqlTableShape[]): string {
  if (shapes.length === 0) return '';
  const parts = shapes.map(({ name, columns }) => {
    const items = columns.map((column) => `CAST(NULL AS ${column.type}) AS ${quoteIdentifier(column.name)}`);
    return `${quoteIdentifier(name)} AS (SELECT ${items.join(', ')})`;
  });
  return `WITH ${parts.join(', ')} `;
}

/** What DuckDB said when it could not bind a statement; null when it could. */
async function bindOnly(
  connection: DuckDBConnection,
  statement: string,
  signal: AbortSignal,
): Promise<ReturnType<typeof readDuckdbFailure> | null> {
  try {
    await interruptible(connection, () => connection.run(statement), signal);
    return null;
  } catch (error) {
    if (PikaError.is(error)) throw error;
    return readDuckdbFailure(error);
  }
}

interface BindFailure {
  readonly failure: ReturnType<typeof readDuckdbFailure>;
  readonly prefix: string;
  /** With its parameters bound. */
  readonly sql: string;
  originalOffset(offset: number): number;
}

function bindProblem({ sql, tables }: CheckRequest, bound: BindFailure): SqlProblem {
  const { failure, prefix } = bound;
  const bytes = failure.byteOffset === null ? null : failure.byteOffset - Buffer.byteLength(prefix);
  const offset = bytes === null || bytes < 0 ? null : bound.originalOffset(utf16Offset(bound.sql, bytes));
  const missing = failure.missingTable;
  const wrong = failure.name ?? MISSING_MEMBER.exec(failure.message)?.[1] ?? null;
  const fixes = wrong === null ? [] : nearestNames(wrong, namesInstead(failure, tables)).map(sqlIdentifier);
  const message = missing === null ? (failure.message.split('\n')[0] ?? '') : missingTableMessage(missing, fixes);
  const at = offset === null ? null : nameOffset(sql, offset, wrong);
  return { ...problemAt(sql, at, message), fixes };
}

const MISSING_MEMBER = /does not have a column named "(.*)"/;

/** Names that could stand for one that is not found: DuckDB's own candidates, or those of the nodes. */
function namesInstead(
  { missingTable, candidates, name }: BindFailure['failure'],
  tables: readonly SqlTableShape[],
): readonly string[] {
  if (missingTable !== null) return tables.map((table) => table.name);
  if (name !== null) return candidates.map(lastName).filter(isName);
  return [...new Set(tables.flatMap(({ columns }) => columns.map((column) => column.name)))];
}

/** DuckDB points at a qualified column's table; the name that is wrong is the column's. */
function nameOffset(sql: string, offset: number, name: string | null): number {
  if (name === null) return offset;
  const tokens = sqlTokens(sql).filter(({ start }) => start >= offset);
  const isQualified = tokens[1]?.text === '.' && tokens[2]?.text.replaceAll('"', '') === name;
  return isQualified ? (tokens[2]?.start ?? offset) : offset;
}

function missingTableMessage(name: string, fixes: readonly string[]): string {
  const sentence = missingTableSentence(name);
  return fixes[0] === undefined ? sentence : `${sentence} ${meantSentence(fixes[0])}`;
}

function lastName(candidate: string): string {
  return candidate.split('.').at(-1)?.replaceAll('"', '').trim() ?? '';
}

/** Candidates of a call are whole signatures. */
function isName(text: string): boolean {
  return text !== '' && !text.includes('(');
}

/** A problem over the token at an offset; without one, over the first. */
function problemAt(sql: string, offset: number | null, message: string): SqlProblem {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const token = offset === null ? tokens[0] : tokens.find(({ end }) => end > offset);
  const place = token ?? tokens.at(-1) ?? { start: 0, end: sql.length };
  return { message: message.trim(), start: place.start, end: place.end, fixes: [] };
}
