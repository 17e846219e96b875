import { PikaError } from '#common/base/pikaError';
import { buildGraph } from '#common/document/graph';
import { nameKey } from '#common/document/names';
import type { PikaDocument, PikaNode, QueryNode } from '#common/document/pikaDocument';
import { sqlTokens, withoutFinalSemicolon } from '#common/document/sqlTokens';
import type { TableReference } from '#common/protocol/engineContract';
import { bindParameters, type BoundSql } from '#common/sql/parameters';
import { quoteIdentifier } from './quote.ts';

/** What a node is compiled against. */
export interface CompileContext {
  readonly document: PikaDocument;
  /** What the parser found in each query, by node id. */
  readonly references: ReadonlyMap<string, readonly TableReference[]>;
  /** SQL text that can stand after FROM, by id: of each opened source, and of queries that are not to be compiled but read. */
  readonly relations: ReadonlyMap<string, string>;
}

/**
 * The rows of a node as one SELECT: every query it depends on becomes a common table expression of its id.
 * @throws PikaError `node-missing` for an unknown id or a source that is not opened, `graph-cycle`, `bad-request`.
 */
export function compileNode(context: CompileContext, nodeId: string): string {
  const node = dataNode(context.document, nodeId);
  if (node.kind === 'source') return `SELECT * FROM ${relationOf(context, node.id)}`;
  const graph = buildGraph(context.document, context.references);
  const ids = [...graph.reach(node.id), node.id];
  const circle = ids.find((id) => graph.cyclic.has(id));
  if (circle !== undefined) {
    throw new PikaError('graph-cycle', `${circle} reads itself by way of other queries.`, {
      nodeId,
      hint: 'Remove one of the references.',
    });
  }
  const nodes = new Map(context.document.nodes.map((each) => [each.id, each]));
  const parts = ids.map((id) => commonTable(context, nodes.get(id) ?? node));
  return `WITH ${parts.join(',\n')}\nSELECT * FROM ${quoteIdentifier(node.id)}`;
}

function commonTable(context: CompileContext, node: PikaNode): string {
  const isCompiled = node.kind === 'query' && !context.relations.has(node.id);
  const sql = isCompiled ? tableBody(boundSql(node).sql) : `SELECT * FROM ${relationOf(context, node.id)}`;
  return `${quoteIdentifier(node.id)} AS NOT MATERIALIZED (\n${sql}\n)`;
}

/** DuckDB takes these for a table in brackets, but for no common table expression. */
const NO_COMMON_TABLE = new Set(['summarize', 'describe', 'desc', 'show']);

/** A query as it can stand in a common table expression. */
function tableBody(sql: string): string {
  return needsBrackets(sql) ? `SELECT * FROM (\n${sql}${CLOSING}` : sql;
}

const CLOSING = '\n)';

function needsBrackets(sql: string): boolean {
  const first = sqlTokens(sql).find(({ kind }) => kind !== 'space' && kind !== 'comment');
  return first?.kind === 'word' && NO_COMMON_TABLE.has(first.text.toLowerCase());
}

function boundSql(node: QueryNode): BoundSql {
  try {
    return bindParameters(withoutFinalSemicolon(node.sql), node.parameters);
  } catch (error) {
    throw PikaError.is(error) ? new PikaError(error.code, error.message, { nodeId: node.id, ...error.details }) : error;
  }
}

/** Where a place of a query's compiled text is in the node's own; null when it is in another node's part. */
export function offsetInNode(compiled: string, node: QueryNode, offset: number): number | null {
  const bound = boundSql(node);
  const closing = needsBrackets(bound.sql) ? CLOSING : '';
  const start = compiled.length - `${bound.sql}${closing}\n)\nSELECT * FROM ${quoteIdentifier(node.id)}`.length;
  const isInside = offset >= start && offset <= start + bound.sql.length;
  return isInside ? bound.originalOffset(offset - start) : null;
}

function dataNode(document: PikaDocument, nodeId: string): PikaNode {
  const node = document.nodes.find(({ id }) => nameKey(id) === nameKey(nodeId));
  if (!node) throw new PikaError('node-missing', `${nodeId} is not in this workspace.`, { nodeId });
  if (node.kind === 'source' || node.kind === 'query') return node;
  throw new PikaError('bad-request', `${nodeId} holds no rows of its own.`, { nodeId });
}

function relationOf({ relations }: CompileContext, id: string): string {
  const relation = relations.get(id);
  if (relation !== undefined) return relation;
  throw new PikaError('node-missing', `${id} has not been opened.`, { nodeId: id });
}
