import { emptyDocument } from '#common/document/emptyDocument';
import type { NodeLayout, PikaDocument, PikaNode, SourceNode } from '#common/document/pikaDocument';
import type { GraphEdge, NodeStatus, SessionSnapshot } from '#common/protocol/webviewContract';
import type { SampleTable } from './sampleTables.ts';

/** What the harness opens: a document with the states of its nodes, and where its rows and pictures come from. */
export interface Scenario {
  readonly document: PikaDocument;
  readonly statuses: readonly NodeStatus[];
  readonly edges: readonly GraphEdge[];
  readonly kind?: SessionSnapshot['kind'];
  readonly problems?: SessionSnapshot['problems'];
  readonly readOnlyReason?: SessionSnapshot['readOnlyReason'];
  readonly isTrusted?: boolean;
  readonly tables: Readonly<Record<string, SampleTable>>;
  /** Names of sample plots by node id. */
  readonly plots: Readonly<Record<string, string>>;
}

/** A node with its place and what is known of it. */
export type Placed = readonly [node: PikaNode, layout: NodeLayout, status: Partial<NodeStatus>];

export function at(x: number, y: number, width: number, height: number): NodeLayout {
  return { x, y, width, height };
}

export function statusOf(node: PikaNode, change: Partial<NodeStatus>): NodeStatus {
  return {
    id: node.id,
    kind: node.kind,
    state: 'idle',
    generation: 1,
    rowCount: null,
    columns: null,
    elapsedMs: null,
    progress: null,
    error: null,
    notices: [],
    source: null,
    fidelity: null,
    isKept: false,
    ...change,
  };
}

export function scenarioOf(placed: readonly Placed[], rest: Omit<Scenario, 'document' | 'statuses'>): Scenario {
  const document = {
    ...emptyDocument(),
    nodes: placed.map(([node]) => node),
    layout: Object.fromEntries(placed.map(([node, layout]) => [node.id, layout])),
  };
  return { document, statuses: placed.map(([node, , status]) => statusOf(node, status)), ...rest };
}

export function source(id: string, file: string, format: SourceNode['format'] = 'parquet'): SourceNode {
  return { id, kind: 'source', files: [file], format, options: {}, extra: {} };
}
