import type { RelationMention, SqlInspection, TableReference } from '#common/protocol/engineContract';
import { ALLOWED_TABLE_FUNCTIONS, DENIED_FUNCTIONS, LAKE_FUNCTIONS, VOLATILE_FUNCTIONS } from './allowedFunctions.ts';
import { relationMentions } from './relationMentions.ts';
import type { MayScan } from './sqlGate.ts';
import { statementFacts, type NamedTable, type StatementFacts } from './statementFacts.ts';
import type { ParsedSql, SyntaxNode } from './syntaxTree.ts';
import { utf16Offset, utf16OffsetOfCharacter } from './textOffset.ts';

/** Judges a parsed text: one SELECT that only reads, or why not. */
export function inspectParsed(sql: string, parsed: ParsedSql, mayScan: MayScan): SqlInspection {
  if (parsed.kind === 'syntax-error') {
    const { characterOffset } = parsed;
    const offset = characterOffset === null ? null : utf16OffsetOfCharacter(sql, characterOffset);
    return { kind: 'syntax-error', message: sentence(parsed.message), offset };
  }
  if (parsed.kind === 'not-select') return { kind: 'refused', reason: notSelectReason(sql) };
  if (parsed.statements.length === 0) return { kind: 'empty' };
  if (parsed.statements.length > 1) {
    return { kind: 'refused', reason: 'Only one statement is allowed here; this text has several.' };
  }
  const facts = statementFacts(parsed.statements);
  const reason = refusedFunction(facts) ?? refusedScan(facts, mayScan);
  if (reason !== null) return { kind: 'refused', reason };
  const tables = tableReferences(sql, facts.tables);
  return {
    kind: 'select',
    tables,
    mentions: mentionsOf(sql, parsed.statements, tables),
    isVolatile: isVolatile(facts),
  };
}

function isVolatile({ functions, hasSample }: StatementFacts): boolean {
  return hasSample || [...functions].some((name) => VOLATILE_FUNCTIONS.has(name));
}

function refusedFunction({ tableFunctions, functions, oversized }: StatementFacts): string | null {
  for (const name of tableFunctions) {
    if (!ALLOWED_TABLE_FUNCTIONS.has(name) && !LAKE_FUNCTIONS.has(name))
      return `The table function ${name} is not allowed in a query.`;
  }
  for (const name of functions) {
    if (DENIED_FUNCTIONS.has(name))
      return `The function ${name} is not allowed in a query, because it does not only read.`;
  }
  if (oversized === null) return null;
  return `The function ${oversized} would make more than 50 million values or characters in one step; read them as rows of a table function, or ask for fewer.`;
}

function refusedScan({ lakeScans }: StatementFacts, mayScan: MayScan): string | null {
  const refused = lakeScans.find(({ name, url }) => url === null || !mayScan(name, url));
  if (!refused) return null;
  return `The table function ${refused.name} is not allowed here: it reads nothing but tables of an open connection.`;
}

function notSelectReason(sql: string): string {
  if (/\bpivot\b/i.test(sql)) {
    return 'A PIVOT needs its values written out here: PIVOT … ON column IN (value, …).';
  }
  return 'Only SELECT statements are allowed; nothing may be created, changed or set.';
}

function tableReferences(sql: string, tables: readonly NamedTable[]): readonly TableReference[] {
  return tables
    .filter(({ isQualified }) => !isQualified)
    .map(({ name, byteOffset }) => {
      const start = utf16Offset(sql, byteOffset);
      return { name, start, end: nameEnd(sql, start) };
    });
}

/** Only a name that is also a table's can be mistaken for it; a text may have an alias before thousands of columns. */
function mentionsOf(
  sql: string,
  statements: readonly SyntaxNode[],
  tables: readonly TableReference[],
): readonly RelationMention[] {
  const names = new Set(tables.map(({ name }) => name.toLowerCase()));
  return relationMentions(statements)
    .filter(({ name }) => names.has(name.toLowerCase()))
    .map(({ name, means, byteOffset }) => ({ name, means, start: utf16Offset(sql, byteOffset) }));
}

const NAME = /"[^"]*"(?:"[^"]*")*|'[^']*'(?:'[^']*')*|[\w$\u0080-\uffff]+/y;

function nameEnd(sql: string, start: number): number {
  NAME.lastIndex = start;
  return NAME.test(sql) ? NAME.lastIndex : start;
}

function sentence(message: string): string {
  const first = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
