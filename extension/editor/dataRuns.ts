import type { Disposable } from '#common/base/scope';
import { PikaError } from '#common/base/pikaError';
import type { PikaDocument, QueryNode, RunMode, SourceNode } from '#common/document/pikaDocument';
import type { DocumentGraph } from '#common/document/graph';
import type { EngineClient } from '../host/engineClient.ts';
import { compileNode } from '../query/compile.ts';
import type { DataRun, RunIdentity } from './dataRun.ts';
import { definitionsOf } from './definitions.ts';
import { referencesOf, type Inspections } from './documentGraph.ts';
import { runQuery } from './queryRun.ts';
import { runSource, type RemoteAccess } from './sourceRun.ts';
import { ScratchRows } from './scratchRows.ts';
import type { StatusBoard } from './statusBoard.ts';

/** The document as it is to be run. */
export interface RunPlan {
  readonly document: PikaDocument;
  readonly inspections: Inspections;
  readonly graph: DocumentGraph;
  readonly baseDirectory: string;
  readonly runMode: RunMode;
}

/** Whether what was kept of a node from an earlier opening is what its files and its definition say now. */
export interface KeptFreshness {
  isFresh(id: string, definition: string | undefined): boolean;
}

/**
 * Runs the sources and queries of a document: only what changed, in order of dependence.
 *
 * In the run mode `on-request` what changed becomes stale instead, its last run stays, and only nodes that were asked for run.
 */
export class DataRuns implements Disposable {
  readonly #runs = new Map<string, DataRun>();
  readonly #upstreamOf = new Map<string, ReadonlyMap<string, DataRun>>();
  /** Runs whose files changed on the disk since. */
  readonly #outdated = new WeakSet<DataRun>();
  readonly #requested = new Set<string>();
  /** Rows of queries that give others each time, by node id. */
  readonly #scratch: ScratchRows;

  constructor(
    private readonly engine: EngineClient,
    private readonly board: StatusBoard,
    private readonly remote: RemoteAccess,
    private readonly kept: KeptFreshness,
  ) {
    this.#scratch = new ScratchRows(engine);
  }

  get isIdle(): boolean {
    return [...this.#runs.values()].every((run) => run.isSettled);
  }

  get(id: string): DataRun | undefined {
    return this.#runs.get(id);
  }

  /** Starts every source and query that has to run; those that only changed too, where nodes run by themselves. */
  update(plan: RunPlan): void {
    const nodes = new Map(plan.document.nodes.map((node) => [node.id, node]));
    for (const id of [...this.#requested]) for (const each of plan.graph.reach(id)) this.#requested.add(each);
    for (const id of [...this.#runs.keys()]) if (!nodes.has(id)) this.cancel(id);
    const definitions = definitionsOf({ ...plan, revision: this.remote.revision });
    for (const id of plan.graph.order) {
      const node = nodes.get(id);
      if (plan.graph.cyclic.has(id)) this.#refuseCircle(id, plan.graph.cyclic);
      else if (node?.kind === 'source' || node?.kind === 'query') {
        this.#updateNode(node, plan, definitions.get(id) ?? '');
      }
    }
    this.#requested.clear();
  }

  /** Makes the next `update` run a node, and what it reads, again: all that failed, is stale or lived in an engine that is gone. */
  invalidate(id: string, graph: DocumentGraph): void {
    this.request(id);
    this.cancel(id);
    for (const upstream of graph.reach(id)) {
      const run = this.#runs.get(upstream);
      const state = this.board.get(upstream)?.state;
      if (!run || this.isLost(run) || state === 'failed' || state === 'stale') this.cancel(upstream);
    }
  }

  /** Makes the next `update` run a node, and what it reads, where they changed: also where nodes run on request. */
  request(id: string): void {
    this.#requested.add(id);
  }

  /** Takes note that the files of a source changed on the disk: its run, and all that read it, are stale. */
  outdate(id: string, graph: DocumentGraph): void {
    for (const each of [id, ...graph.dependants(id)]) {
      const run = this.#runs.get(each);
      if (run) this.#outdated.add(run);
      if (this.board.get(each)?.state === 'done') this.board.update(each, { state: 'stale' });
    }
  }

  /** Whether the engine process that a run lived in is gone, or one that kept rows for it. */
  isLost(run: DataRun): boolean {
    const { epoch, scratchEpoch } = this.engine;
    return run.engineEpoch !== epoch || (run.scratchEpoch !== null && run.scratchEpoch !== scratchEpoch);
  }

  /** Of some nodes, the runs whose relations are read by what reads them. */
  relationRuns(ids: Iterable<string>): ReadonlyMap<string, DataRun> {
    const runs = new Map<string, DataRun>();
    for (const id of ids) {
      const run = this.#runs.get(id);
      if (run && !run.isInlined) runs.set(id, run);
    }
    return runs;
  }

  /** Stops and forgets a run. */
  cancel(id: string): void {
    this.#runs.get(id)?.controller.abort();
    this.#runs.delete(id);
    this.#scratch.forget(id);
  }

  dispose(): void {
    for (const id of [...this.#runs.keys()]) this.cancel(id);
  }

  #refuseCircle(id: string, cyclic: ReadonlySet<string>): void {
    this.cancel(id);
    this.board.fail(id, cycleError(id, cyclic));
  }

  #updateNode(node: SourceNode | QueryNode, plan: RunPlan, signature: string): void {
    const upstream = this.#upstreamRuns(node.id, plan.graph);
    if (
      this.#isCurrent(node.id, signature, upstream) &&
      !plan.graph.upstream(node.id).some((id) => this.#isWaiting(id))
    ) {
      this.#freshen(node.id);
      return;
    }
    const mayRun = plan.runMode === 'automatic' || this.#requested.has(node.id);
    if (!mayRun) {
      this.#markStale(node.id, signature);
      return;
    }
    this.cancel(node.id);
    if (node.kind === 'source') this.#startSource(node, plan, signature);
    else this.#startQuery(node, plan, { signature, upstream });
  }

  #isCurrent(id: string, signature: string, upstream: ReadonlyMap<string, DataRun>): boolean {
    const before = this.#upstreamOf.get(id);
    const isSameData = [...upstream].every(([key, value]) => before?.get(key) === value);
    return this.#runs.get(id)?.signature === signature && isSameData;
  }

  /** Whether a node changed and waits to be asked for. */
  #isWaiting(id: string): boolean {
    const run = this.#runs.get(id);
    return this.board.get(id)?.state === 'stale' && !(run && this.#outdated.has(run));
  }

  #markStale(id: string, definition: string): void {
    const run = this.#runs.get(id);
    if (!run) {
      const isKept = this.board.get(id)?.isKept ?? false;
      const kept = this.kept.isFresh(id, definition) ? 'done' : 'stale';
      this.board.update(id, { state: isKept ? kept : 'idle', isKept, error: null, progress: null });
      return;
    }
    if (!run.isSettled) this.cancel(id);
    if (this.board.get(id)?.state !== 'stale') this.board.update(id, { state: 'stale', error: null, progress: null });
  }

  /** A node that was changed back is what its last run says. */
  #freshen(id: string): void {
    const run = this.#runs.get(id);
    if (!run || this.board.get(id)?.state !== 'stale' || this.#outdated.has(run)) return;
    if (run.failure === null) this.board.update(id, { state: 'done' });
    else this.board.fail(id, run.failure);
  }

  #upstreamRuns(id: string, graph: DocumentGraph): ReadonlyMap<string, DataRun> {
    const upstream = new Map<string, DataRun>();
    for (const each of graph.upstream(id)) {
      const run = this.#runs.get(each);
      if (run) upstream.set(each, run);
    }
    return upstream;
  }

  #startSource(node: SourceNode, { baseDirectory }: RunPlan, signature: string): void {
    const { engine, board, remote } = this;
    this.#runs.set(node.id, runSource({ engine, board, baseDirectory, remote }, node, this.#identity(signature, null)));
  }

  #startQuery(
    node: QueryNode,
    { graph, inspections, document }: RunPlan,
    { signature, upstream }: { signature: string; upstream: ReadonlyMap<string, DataRun> },
  ): void {
    const inspection = inspections.get(node.id) ?? { kind: 'empty' };
    const relationRuns = this.relationRuns(graph.reach(node.id));
    const references = referencesOf(inspections);
    const compile = (relations: ReadonlyMap<string, string>) =>
      compileNode({ document, references, relations }, node.id);
    const { engine, board } = this;
    const scratch = this.#scratch;
    const context = { engine, board, upstream, inspection, document, compile, relationRuns, scratch };
    const isKept = inspection.kind === 'select' && inspection.isVolatile;
    const readsKept = isKept || [...relationRuns.values()].some((run) => run.scratchEpoch !== null);
    const identity = this.#identity(signature, readsKept ? engine.scratchEpoch : null);
    this.#runs.set(node.id, runQuery(context, node, identity));
    this.#upstreamOf.set(node.id, upstream);
  }

  #identity(signature: string, scratchEpoch: number | null): RunIdentity {
    return { signature, engineEpoch: this.engine.epoch, scratchEpoch };
  }
}

function cycleError(id: string, cyclic: ReadonlySet<string>): PikaError {
  const names = [...cyclic].join(', ');
  return new PikaError('graph-cycle', `${id} is part of a circle of references (${names}).`, {
    nodeId: id,
    hint: 'Remove one of the references.',
  });
}
