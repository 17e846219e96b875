import type { SelectInspection } from '../protocol/engineContract.ts';
import type { DocumentEdit } from './documentEdit.ts';
import type { DocumentGraph } from './graph.ts';
import { nameKey } from './names.ts';
import type { PikaDocument, PikaNode } from './pikaDocument.ts';
import { renameInSql } from './renameInSql.ts';
import { sqlTokens, withoutFinalSemicolon } from './sqlTokens.ts';

/** What a document's queries refer to, as far as it is known. */
export interface References {
  readonly graph: DocumentGraph;
  /** What the parser found in a query; null where it does not parse. */
  readonly found: (queryId: string) => Pick<SelectInspection, 'tables' | 'mentions'> | null;
  /** Whether a table that a query reads is known to have a column of a name. */
  readonly hasColumn: (queryId: string, name: string) => boolean;
}

const KEEPS_COLUMNS = /^(where|order|limit|offset|using|tablesample)$/i;
const CHANGES_COLUMNS = /^(join|group|having|union|intersect|except|select|qualify|window)$/i;

/**
 * Removes nodes. What read a query that only filtered, sorted or cut its one input (`SELECT * FROM input WHERE …`) reads
 * that input from then on; everything else that read a removed node is left as it is.
 */
export function removeNodes(document: PikaDocument, ids: readonly string[], known: References): DocumentEdit {
  const removed = new Set(ids);
  const inputs = new Map<string, string>();
  for (const node of document.nodes) {
    if (!removed.has(node.id)) continue;
    const input = lastingInput(node.id);
    if (input !== null) inputs.set(node.id, input);
  }
  const edits = document.nodes.flatMap((node) => (removed.has(node.id) ? [] : reconnected(node, inputs, known)));
  const removal: DocumentEdit = { type: 'remove', ids };
  return edits.length === 0 ? removal : { type: 'all', edits: [...edits, removal] };

  function lastingInput(id: string): string | null {
    const seen = new Set<string>();
    let current: string | undefined = id;
    while (current !== undefined && removed.has(current) && !seen.has(current)) {
      seen.add(current);
      current = passedInput(document, current, known.graph);
    }
    return current === undefined || seen.has(current) ? null : current;
  }
}

function passedInput(document: PikaDocument, id: string, graph: DocumentGraph): string | undefined {
  const node = document.nodes.find((each) => each.id === id);
  const [input, ...others] = graph.upstream(id);
  return node?.kind === 'query' && others.length === 0 && keepsColumns(node.sql) ? input : undefined;
}

/** Whether a query gives the columns of its one input unchanged. */
function keepsColumns(sql: string): boolean {
  const tokens = sqlTokens(withoutFinalSemicolon(sql)).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const texts = tokens.map(({ text }) => text);
  const start = /^(select \* )?from$/i.exec(texts.slice(0, 3).join(' ')) ? 3 : /^from$/i.test(texts[0] ?? '') ? 1 : 0;
  const after = texts[start + 1];
  if (start === 0 || (after !== undefined && !KEEPS_COLUMNS.test(after))) return false;
  let depth = 0;
  return texts.slice(start + 1).every((text) => {
    if (text === '(') depth++;
    if (text === ')') depth--;
    return depth > 0 || !CHANGES_COLUMNS.test(text);
  });
}

function reconnected(node: PikaNode, inputs: ReadonlyMap<string, string>, known: References): readonly DocumentEdit[] {
  if (node.kind === 'table' || node.kind === 'plot') {
    const input = [...inputs].find(([id]) => nameKey(id) === nameKey(node.data))?.[1];
    return input === undefined ? [] : [{ type: 'data', id: node.id, data: input }];
  }
  if (node.kind !== 'query') return [];
  const upstream = known.graph.upstream(node.id);
  const replaced = [...inputs].filter(([id, input]) => upstream.includes(id) && !upstream.includes(input));
  const [first] = replaced;
  // A second rewrite would need the references of the text after the first.
  const found = known.found(node.id);
  if (!first || !found || replaced.length > 1) return [];
  const [oldId, newId] = first;
  const sql = renameInSql(node.sql, found, { oldId, newId, isColumn: known.hasColumn(node.id, oldId) });
  return [{ type: 'sql', id: node.id, sql }];
}
