import type { Disposable } from '#common/base/scope';
import { PikaError } from '#common/base/pikaError';
import type { PikaDocument, QueryNode, SourceNode } from '#common/document/pikaDocument';
import type { DocumentGraph } from '#common/document/graph';
import type { EngineClient } from '../host/engineClient.ts';
import { compileNode } from '../query/compile.ts';
import type { DataRun } from './dataRun.ts';
import { referencesOf, type Inspections } from './documentGraph.ts';
import { runQuery } from './queryRun.ts';
import { runSource } from './sourceRun.ts';
import type { StatusBoard } from './statusBoard.ts';

/** The document as it is to be run. */
export interface RunPlan {
  readonly document: PikaDocument;
  readonly inspections: Inspections;
  readonly graph: DocumentGraph;
  readonly baseDirectory: string;
}

/** Runs the sources and queries of a document: only what changed, in order of dependence. */
export class DataRuns implements Disposable {
  readonly #runs = new Map<string, DataRun>();
  readonly #upstreamOf = new Map<string, ReadonlyMap<string, DataRun>>();

  constructor(
    private readonly engine: EngineClient,
    private readonly board: StatusBoard,
  ) {}

  get isIdle(): boolean {
    return [...this.#runs.values()].every((run) => run.isSettled);
  }

  get(id: string): DataRun | undefined {
    return this.#runs.get(id);
  }

  /** Starts every source and query whose definition, or whose data, changed since it last ran. */
  update(plan: RunPlan): void {
    const nodes = new Map(plan.document.nodes.map((node) => [node.id, node]));
    for (const id of [...this.#runs.keys()]) if (!nodes.has(id)) this.cancel(id);
    for (const id of plan.graph.order) {
      const node = nodes.get(id);
      if (node?.kind === 'source') this.#updateSource(node, plan);
      if (node?.kind === 'query') this.#updateQuery(node, plan);
    }
    for (const id of plan.graph.cyclic) {
      this.cancel(id);
      this.board.fail(id, cycleError(id, plan.graph.cyclic));
    }
  }

  /** Makes the next `update` run a node, and what it reads, again: all that failed, is stale or lived in an engine that is gone. */
  invalidate(id: string, graph: DocumentGraph): void {
    this.cancel(id);
    for (const upstream of graph.upstream(id)) {
      const run = this.#runs.get(upstream);
      const state = this.board.get(upstream)?.state;
      if (!run || this.isLost(run) || state === 'failed' || state === 'stale') this.invalidate(upstream, graph);
    }
  }

  /** Whether the engine process that a run lived in is gone. */
  isLost(run: DataRun): boolean {
    return run.engineEpoch !== this.engine.epoch;
  }

  /** Stops and forgets a run. */
  cancel(id: string): void {
    this.#runs.get(id)?.controller.abort();
    this.#runs.delete(id);
  }

  dispose(): void {
    for (const id of [...this.#runs.keys()]) this.cancel(id);
  }

  #updateSource(node: SourceNode, { baseDirectory }: RunPlan): void {
    const signature = JSON.stringify([baseDirectory, node.files, node.format, node.options, node.table]);
    if (this.#isCurrent(node.id, signature)) return;
    const { engine, board } = this;
    this.#runs.set(node.id, runSource({ engine, board, baseDirectory }, node, this.#identity(signature)));
  }

  #updateQuery(node: QueryNode, plan: RunPlan): void {
    const { graph, inspections, document } = plan;
    if (graph.cyclic.has(node.id)) return;
    const upstream = new Map<string, DataRun>();
    for (const id of graph.upstream(node.id)) {
      const run = this.#runs.get(id);
      if (run) upstream.set(id, run);
    }
    const signature = JSON.stringify([node.sql, [...upstream].map(([id, run]) => [id, run.signature])]);
    if (this.#isCurrent(node.id, signature, upstream)) return;
    const inspection = inspections.get(node.id) ?? { kind: 'empty' };
    const sourceRuns = new Map<string, DataRun>();
    for (const id of graph.reach(node.id)) {
      const run = this.#runs.get(id);
      if (run && document.nodes.some((each) => each.id === id && each.kind === 'source')) sourceRuns.set(id, run);
    }
    const references = referencesOf(inspections);
    const compile = (relations: ReadonlyMap<string, string>) =>
      compileNode({ document, references, relations }, node.id);
    const { engine, board } = this;
    const context = { engine, board, upstream, inspection, compile, sourceRuns };
    this.#runs.set(node.id, runQuery(context, node, this.#identity(signature)));
    this.#upstreamOf.set(node.id, upstream);
  }

  #isCurrent(id: string, signature: string, upstream: ReadonlyMap<string, DataRun> = new Map()): boolean {
    const run = this.#runs.get(id);
    if (!run) return false;
    const before = this.#upstreamOf.get(id);
    const isSameData = [...upstream].every(([key, value]) => before?.get(key) === value);
    if (run.signature === signature && isSameData) return true;
    this.cancel(id);
    return false;
  }

  #identity(signature: string): Pick<DataRun, 'signature' | 'engineEpoch'> {
    return { signature, engineEpoch: this.engine.epoch };
  }
}

function cycleError(id: string, cyclic: ReadonlySet<string>): PikaError {
  const names = [...cyclic].join(', ');
  return new PikaError('graph-cycle', `${id} is part of a circle of references (${names}).`, {
    nodeId: id,
    hint: 'Remove one of the references.',
  });
}
