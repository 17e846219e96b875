import type { SqlInspection } from '#common/protocol/engineContract';
import type { NodeStatus } from '#common/protocol/webviewContract';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { NodeKind } from '#common/document/pikaDocument';

/** Raised when what is stored changes its form. */
const INDEX_VERSION = 1;

/** Size and time of every file of a source, as one text; null where they cannot be known. */
export type FileFacts = string | null;

/** What a result was made of: equal ones have equal rows. */
export interface Provenance {
  /** Definition of the source or query behind it. */
  readonly definition: string;
  /** Facts of the files behind it, by the id of their source. */
  readonly facts: Readonly<Record<string, FileFacts>>;
}

/** Bytes in a file of their own. */
export interface KeptBytes {
  readonly file: string;
  /** Lengths of the parts that follow each other in it. */
  readonly byteLengths: readonly number[];
}

/** The part of a node's state that is kept. */
export type KeptStatus = Pick<
  NodeStatus,
  'kind' | 'rowCount' | 'columns' | 'elapsedMs' | 'notices' | 'source' | 'fidelity'
>;

/** What is kept of a node. */
export interface KeptNode {
  readonly status: KeptStatus;
  readonly of: Provenance;
  /** Of a table its first page. */
  readonly page?: { readonly data: string; readonly bytes: KeptBytes };
  /** Of a plot what a page needs to draw it. */
  readonly plot?: {
    readonly data: string;
    readonly spec: PlotSpec;
    readonly header: PlotHeader;
    readonly bytes: KeptBytes;
  };
}

/** What is kept of a document. */
export interface KeptIndex {
  readonly version: typeof INDEX_VERSION;
  /** Versions of Pika and DuckDB that made it. */
  readonly madeBy: string;
  readonly nodes: Readonly<Record<string, KeptNode>>;
  /** What DuckDB's parser said of the queries, by their SQL. */
  readonly inspections: Readonly<Record<string, SqlInspection>>;
}

/** The index that is written. */
export function keptIndex(content: Omit<KeptIndex, 'version'>): KeptIndex {
  return { version: INDEX_VERSION, ...content };
}

/** An index of whatever was stored; null when it is none. Only Pika writes it, so nodes are known by their outline. */
export function parseKeptIndex(text: string): KeptIndex | null {
  const stored = parseJson(text);
  if (!isRecord(stored) || stored['version'] !== INDEX_VERSION || typeof stored['madeBy'] !== 'string') return null;
  const { nodes, inspections } = stored;
  if (!isRecord(nodes) || !isRecord(inspections)) return null;
  return {
    version: INDEX_VERSION,
    madeBy: stored['madeBy'],
    nodes: Object.fromEntries(Object.entries(nodes).filter(isNodeEntry)),
    inspections: Object.fromEntries(Object.entries(inspections).filter(isInspectionEntry)),
  };
}

const KEPT_KINDS: readonly unknown[] = ['source', 'query', 'table', 'plot'] satisfies readonly NodeKind[];

function isNodeEntry(entry: [string, unknown]): entry is [string, KeptNode] {
  const [, node] = entry;
  if (!isRecord(node) || !isRecord(node['status']) || !isRecord(node['of'])) return false;
  const { kind, columns, notices } = node['status'];
  if (!KEPT_KINDS.includes(kind) || !Array.isArray(notices)) return false;
  if (columns !== null && !Array.isArray(columns)) return false;
  const { definition, facts } = node['of'];
  if (typeof definition !== 'string' || !isRecord(facts)) return false;
  return [node['page'], node['plot']].every((part) => part === undefined || (isRecord(part) && isBytes(part['bytes'])));
}

function isBytes(value: unknown): value is KeptBytes {
  if (!isRecord(value) || typeof value['file'] !== 'string' || !/^[\w-]+\.bin$/.test(value['file'])) return false;
  return Array.isArray(value['byteLengths']) && value['byteLengths'].every(Number.isSafeInteger);
}

function isInspectionEntry(entry: [string, unknown]): entry is [string, SqlInspection] {
  const [, inspection] = entry;
  if (!isRecord(inspection) || inspection['kind'] !== 'select') return false;
  const { tables, mentions } = inspection;
  return Array.isArray(tables) && Array.isArray(mentions) && typeof inspection['isVolatile'] === 'boolean';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
