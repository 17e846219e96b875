import type { DocumentEdit } from '#common/document/documentEdit';
import { nameKey, sqlIdentifier } from '#common/document/names';
import type { PikaNode } from '#common/document/pikaDocument';
import { sqlTokens, withoutFinalSemicolon, type SqlToken } from '#common/document/sqlTokens';
import type { GraphEdge } from '#common/protocol/webviewContract';

/** What is known around two nodes that are to be connected. */
export interface Connection {
  readonly from: PikaNode;
  readonly to: PikaNode;
  readonly edges: readonly GraphEdge[];
  /** Names of a node's columns; empty while they are not known. */
  columnsOf(id: string): readonly string[];
}

/** The edit that makes one node read another, or why there is none, as a sentence. */
export type ConnectResult = { readonly edit: DocumentEdit } | { readonly problem: string };

const AFTER_FROM = /^(where|group|having|window|qualify|order|limit|offset|using|union|intersect|except)$/i;
const SET_OPERATION = /^(union|intersect|except)$/i;
const KEY_NAME = /(^|_)(id|key|code)$/i;

/** Writes the reference that an edge drawn from one node to another stands for. */
export function connectNodes(connection: Connection): ConnectResult {
  const { from, to, edges } = connection;
  if (from.kind !== 'source' && from.kind !== 'query') return { problem: `${from.id} holds no rows to read.` };
  if (from.id === to.id) return { problem: `${from.id} cannot read itself.` };
  if (isReachable(to.id, from.id, edges)) return { problem: `${from.id} already depends on ${to.id}.` };
  if (to.kind === 'table' || to.kind === 'plot') return { edit: { type: 'data', id: to.id, data: from.id } };
  if (to.kind !== 'query') return { problem: `${to.id} reads no other node.` };
  if (edges.some((edge) => edge.from === from.id && edge.to === to.id)) {
    return { problem: `${to.id} reads ${from.id} already.` };
  }
  const sql = withReference(withoutFinalSemicolon(to.sql), connection);
  return typeof sql === 'string' ? { edit: { type: 'sql', id: to.id, sql } } : sql;
}

function withReference(sql: string, connection: Connection): string | { readonly problem: string } {
  const { from, to } = connection;
  const name = sqlIdentifier(from.id);
  const tokens = outerTokens(sql);
  if (tokens.length === 0) return `${sql.trimEnd()}${sql.trim() === '' ? '' : '\n'}SELECT *\nFROM ${name}`;
  const byHand = { problem: `${to.id} cannot be joined with ${from.id} by itself. Write the reference into its SQL.` };
  if (tokens.some(({ text }) => SET_OPERATION.test(text))) return byHand;
  const fromAt = tokens.findIndex(({ text }) => /^from$/i.test(text));
  const end = tokens.find(({ text }, index) => index > fromAt && AFTER_FROM.test(text) && !isJoinUsing(tokens, index));
  if (fromAt < 0) {
    const isPlainSelect = /^select$/i.test(tokens[0]?.text ?? '') && !end;
    return isPlainSelect ? `${sql.trimEnd()}\nFROM ${name}` : byHand;
  }
  const column = sharedColumn(connection);
  if (column === null) {
    return { problem: `${from.id} shares no column with what ${to.id} reads. Write the JOIN into its SQL.` };
  }
  const join = `JOIN ${name} USING (${sqlIdentifier(column)})`;
  if (!end) return `${sql.trimEnd()}\n${join}`;
  return `${sql.slice(0, end.start).trimEnd()}\n${join}\n${sql.slice(end.start)}`;
}

/** `JOIN a USING (id)` is part of FROM; `USING SAMPLE` comes after it. */
function isJoinUsing(tokens: readonly SqlToken[], index: number): boolean {
  return /^using$/i.test(tokens[index]?.text ?? '') && !/^sample$/i.test(tokens[index + 1]?.text ?? '');
}

/** Tokens outside of all brackets, without space and comments. */
function outerTokens(sql: string): readonly SqlToken[] {
  let depth = 0;
  return sqlTokens(sql).filter(({ kind, text }) => {
    if (kind === 'space' || kind === 'comment') return false;
    if (kind === 'symbol' && /[([{]/.test(text)) depth++;
    if (kind === 'symbol' && /[)\]}]/.test(text)) depth = Math.max(0, depth - 1);
    return depth === 0;
  });
}

/** A column that both sides of a join have: one named like a key before any other. */
function sharedColumn({ from, to, edges, columnsOf }: Connection): string | null {
  const read = edges.filter((edge) => edge.to === to.id).flatMap((edge) => columnsOf(edge.from));
  const known = new Set(read.map(nameKey));
  const shared = columnsOf(from.id).filter((column) => known.has(nameKey(column)));
  return shared.find((column) => KEY_NAME.test(column)) ?? shared[0] ?? null;
}

function isReachable(start: string, goal: string, edges: readonly GraphEdge[]): boolean {
  const found = new Set([start]);
  for (const id of found) for (const edge of edges) if (edge.from === id) found.add(edge.to);
  return found.has(goal);
}
