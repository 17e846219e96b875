import type { TableReference } from '../protocol/engineContract.ts';
import type { GraphEdge } from '../protocol/webviewContract.ts';
import { nameKey } from './names.ts';
import type { PikaDocument, PikaNode } from './pikaDocument.ts';

/** Which node reads which. Names match as in DuckDB: upper and lower case are the same. */
export interface DocumentGraph {
  /** From the node that is read to the node that reads it, in the order of the readers. */
  readonly edges: readonly GraphEdge[];
  /** Every node, after the nodes it reads; those of a circle and behind it come last. */
  readonly order: readonly string[];
  /** Ids that are part of a circle of references. */
  readonly cyclic: ReadonlySet<string>;
  /** Ids a node reads itself. */
  upstream(id: string): readonly string[];
  /** All ids a node depends on, itself left out, each after the ones it reads. */
  reach(id: string): readonly string[];
  /** All ids that depend on a node, itself left out, each after the ones it reads. */
  dependants(id: string): readonly string[];
}

/** The graph of a document. @param references What the parser found in each query, by node id. */
export function buildGraph(
  document: PikaDocument,
  references: ReadonlyMap<string, readonly TableReference[]>,
): DocumentGraph {
  const idOfName = idsByName(document);
  const upstream = new Map<string, readonly string[]>();
  const downstream = new Map<string, string[]>();
  for (const node of document.nodes) {
    const known = knownIds(idOfName, namesRead(node, references));
    upstream.set(node.id, known);
    for (const id of known) {
      const readers = downstream.get(id);
      if (readers) readers.push(node.id);
      else downstream.set(id, [node.id]);
    }
  }
  const ids = document.nodes.map(({ id }) => id);
  const order = sortByDependence(ids, upstream);
  const reach = (id: string) => closure(id, upstream, order);
  return {
    edges: ids.flatMap((to) => (upstream.get(to) ?? []).map((from) => ({ from, to }))),
    order,
    cyclic: new Set(ids.filter((id) => isInCircle(id, upstream))),
    upstream: (id) => upstream.get(id) ?? [],
    reach,
    dependants: (id) => closure(id, downstream, order),
  };
}

/** Ids of the sources and queries that references name; what is no node is left out. */
export function idsRead(document: PikaDocument, references: readonly TableReference[]): readonly string[] {
  return knownIds(
    idsByName(document),
    references.map(({ name }) => name),
  );
}

function idsByName(document: PikaDocument): ReadonlyMap<string, string> {
  const isData = ({ kind }: PikaNode) => kind === 'source' || kind === 'query';
  return new Map(document.nodes.filter(isData).map(({ id }) => [nameKey(id), id]));
}

function knownIds(idOfName: ReadonlyMap<string, string>, names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => idOfName.get(nameKey(name)) ?? []))];
}

function namesRead(node: PikaNode, references: ReadonlyMap<string, readonly TableReference[]>): readonly string[] {
  if (node.kind === 'query') return (references.get(node.id) ?? []).map(({ name }) => name);
  return node.kind === 'table' || node.kind === 'plot' ? [node.data] : [];
}

function sortByDependence(ids: readonly string[], upstream: ReadonlyMap<string, readonly string[]>): string[] {
  const order: string[] = [];
  const placed = new Set<string>();
  let waiting = [...ids];
  while (waiting.length > 0) {
    const ready = waiting.filter((id) => (upstream.get(id) ?? []).every((each) => placed.has(each)));
    const next = ready.length > 0 ? ready : waiting;
    for (const id of next) placed.add(id);
    order.push(...next);
    waiting = waiting.filter((id) => !placed.has(id));
  }
  return order;
}

function closure(start: string, next: ReadonlyMap<string, readonly string[]>, order: readonly string[]): string[] {
  const found = reachable(start, next);
  found.delete(start);
  return order.filter((id) => found.has(id));
}

function isInCircle(id: string, upstream: ReadonlyMap<string, readonly string[]>): boolean {
  return reachable(id, upstream).has(id);
}

function reachable(start: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const waiting = [...(next.get(start) ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(next.get(id) ?? []));
  }
  return found;
}
