import { Emitter } from '#common/base/emitter';
import { PikaError } from '#common/base/pikaError';
import { Scope, type Disposable } from '#common/base/scope';
import { buildGraph, type DocumentGraph } from '#common/document/graph';
import type { DocumentReading, PikaDocument, PikaNode, PlotNode } from '#common/document/pikaDocument';
import { readDocument } from '#common/document/readDocument';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { ApiNode } from '#common/protocol/api';
import type { PlotDrawn, SessionSnapshot } from '#common/protocol/webviewContract';
import { compiledSql } from './compiledSql.ts';
import { DataRuns } from './dataRuns.ts';
import {
  inspectionsBySql,
  knownInspections,
  QueryInspector,
  referencesOf,
  type Inspections,
  type InspectionsBySql,
} from './documentGraph.ts';
import type { DocumentStore } from './documentStore.ts';
import { NodeSql } from './nodeSql.ts';
import { KeptResults } from './kept/keptResults.ts';
import { PlotStreams } from './kept/plotStreams.ts';
import { ResultKeeper } from './kept/resultKeeper.ts';
import { NodeViews } from './nodeViews.ts';
import { SessionEdits } from './sessionEdits.ts';
import { SessionPlots } from './sessionPlots.ts';
import { SessionRuns, untrustedError } from './sessionRuns.ts';
import type { SessionServices, SourceWatch } from './sessionServices.ts';
import { watchedSources } from './sessionSources.ts';
import { StatusBoard } from './statusBoard.ts';

/**
 * One open document: its parsed text, the runs of its nodes and their states, shared by all its editors.
 *
 * Life cycle: every change of the text (from a canvas, undo, another editor or the disk) is read again; nodes whose
 * definition changed run, with everything that depends on them; layout changes run nothing.
 */
export class DocumentSession implements Disposable {
  readonly #scope = new Scope();
  readonly #board = this.#scope.own(new StatusBoard());
  readonly #changed = this.#scope.own(new Emitter<void>());
  readonly #data: DataRuns;
  readonly #views: NodeViews;
  readonly #inspector: QueryInspector;
  readonly #watch: SourceWatch;
  readonly #kept: KeptResults;
  readonly #keeper: ResultKeeper;
  /** What the parser said of queries when the document was open before. */
  #known: InspectionsBySql = {};
  #reading: DocumentReading;
  #inspections: Inspections = new Map();
  #graph: DocumentGraph;
  #started: Promise<void> | undefined;
  #turn = 0;
  #isReconciling = false;

  /** Completion, faults, previews and plans of query texts. */
  readonly sql: NodeSql;
  readonly plots: SessionPlots;
  readonly edits: SessionEdits;
  readonly runs: SessionRuns;
  readonly #ended = this.#scope.own(new Emitter<void>());

  readonly onDidChangeStatus = this.#board.onDidChange;
  readonly onDidEnd = this.#ended.event;
  /** The document, its edges or its rights changed: draw the whole snapshot again. */
  readonly onDidChangeSnapshot = this.#changed.event;

  constructor(
    readonly store: DocumentStore,
    private readonly services: SessionServices,
  ) {
    const { engine } = services;
    const asked = () => inspectionsBySql(this.document, this.#inspections);
    const onKeepError = (error: unknown) => services.log('warn', `results are not kept: ${String(error)}`);
    this.#kept = this.#scope.own(new KeptResults(store, services.results, asked, onKeepError));
    this.#data = this.#scope.own(new DataRuns(engine, this.#board, services.remote, this.#kept));
    const streams = new PlotStreams(engine);
    this.#keeper = this.#scope.own(
      new ResultKeeper(this.#kept, streams, this.#board, {
        subject: () => ({ document: this.document, graph: this.#graph, baseDirectory: store.baseDirectory }),
        run: (id) => this.#data.get(id),
      }),
    );
    this.#views = this.#scope.own(
      new NodeViews(engine, this.#board, this.#data, this.#kept, {
        didChoose: (id, spec) => this.#keepChosenPlot(id, spec),
        didReadPage: (id, run, ipc) => this.#keeper.notePage(id, run, ipc),
      }),
    );
    const parts = { streams, views: this.#views, keeper: this.#keeper, board: this.#board };
    this.plots = new SessionPlots(parts, {
      plotNode: (id) => this.#plotNode(id),
      revive: (id) => this.runs.revive(id),
      completeRows: (id) => this.runs.completeRows(id),
    });
    const subject = () => ({ reading: this.#reading, inspections: this.#inspections, graph: this.#graph });
    this.edits = this.#scope.own(new SessionEdits(store, this.#board, subject));
    const running = { board: this.#board, data: this.#data, views: this.#views, kept: this.#kept };
    this.runs = new SessionRuns(running, services, () => ({
      document: this.document,
      graph: this.#graph,
      node: (id) => this.#node(id),
      reconcile: () => this.reconcile(),
    }));
    const current = () => ({ document: this.document, references: referencesOf(this.#inspections) });
    this.sql = new NodeSql(engine, this.#board, this.#data, {
      current,
      isTrusted: () => services.isTrusted(),
      listDataFiles: () => services.listDataFiles(),
    });
    this.#inspector = new QueryInspector((sql) => engine.inspectSql(sql));
    this.#watch = this.#scope.own(services.watchSources());
    this.#scope.own(this.#watch.onDidChange((id) => void this.runs.sourceChanged(id)));
    this.#reading = readDocument(store.text);
    this.#graph = buildGraph(this.#reading.document, new Map());
    this.#scope.own(store.onDidChange(() => void this.reconcile()));
  }

  get document(): PikaDocument {
    return this.#reading.document;
  }

  /** Whether nothing is being read, run or imported. */
  get isIdle(): boolean {
    return !this.#isReconciling && this.#data.isIdle && this.#views.isIdle;
  }

  snapshot(): SessionSnapshot {
    const { document, problems, readOnlyReason } = this.#reading;
    const isTrusted = this.services.isTrusted();
    const { kind } = this.store;
    return {
      kind,
      document: this.#views.withChosenSpecs(document),
      problems,
      readOnlyReason: kind === 'data-file' ? 'data-file' : (readOnlyReason ?? (isTrusted ? null : 'untrusted')),
      statuses: this.#board.all(),
      edges: this.#graph.edges,
      isTrusted,
      renderer: this.services.rendererSetting(),
    };
  }

  /** The nodes as other extensions see them. */
  apiNodes(): readonly ApiNode[] {
    return this.#board.all().map(({ id, kind, state, rowCount, error }) => {
      const plot = kind === 'plot' && state === 'done' ? this.#views.drawn(id) : null;
      return { id, kind, state, rowCount, error, plot };
    });
  }

  /** Shows what was kept of the document's results, then runs what has to run. Resolves once the former is shown. */
  start(): Promise<void> {
    this.#started ??= this.#restoreAndRun();
    return this.#started;
  }

  /** Resolves when the results so far are on the disk. */
  async settleResults(): Promise<void> {
    await this.#kept.flush();
  }

  /** Reads the text again and runs what changed. Never rejects: failures become states of nodes. */
  async reconcile(): Promise<void> {
    const turn = ++this.#turn;
    this.#isReconciling = true;
    try {
      this.#reading = readDocument(this.store.text);
      const { document, readOnlyReason } = this.#reading;
      this.#board.retain(document.nodes);
      const canRun = this.services.isTrusted() && readOnlyReason !== 'invalid';
      const inspections = canRun ? await this.#inspector.inspectAll(document) : knownInspections(document, this.#known);
      if (turn !== this.#turn || this.#scope.isDisposed) return;
      this.#inspections = inspections;
      this.#graph = buildGraph(document, referencesOf(inspections));
      if (canRun) this.#run(document);
    } catch (error) {
      this.#failAll(error);
    } finally {
      if (turn === this.#turn) this.#isReconciling = false;
      this.#changed.fire();
    }
  }

  /** A node as one statement for any DuckDB, see `compiledSql`. */
  async compiledSql(id: string): Promise<string> {
    const { document, services, store } = this;
    if (!services.isTrusted()) throw untrustedError();
    const inspections = await this.#inspector.inspectAll(document);
    const graph = buildGraph(document, referencesOf(inspections));
    return compiledSql(services.engine, { document, inspections, graph, baseDirectory: store.baseDirectory }, id);
  }

  /** Takes note of a finished drawing; the node may be gone by now. */
  plotDrawn(drawn: PlotDrawn): void {
    const node = this.document.nodes.find(({ id }) => id === drawn.nodeId);
    if (node?.kind === 'plot') this.plots.drawn(node, drawn);
  }

  dispose(): void {
    this.#ended.fire();
    this.#scope.dispose();
  }

  async #restoreAndRun(): Promise<void> {
    this.#isReconciling = true;
    try {
      this.#board.retain(this.document.nodes);
      this.#known = await this.#kept.load();
      this.#inspector.learn(this.#known);
      this.#inspections = knownInspections(this.document, this.#known);
      this.#graph = buildGraph(this.document, referencesOf(this.#inspections));
      await this.#keeper.restore(this.services.isTrusted());
    } catch (error) {
      this.services.log('warn', `kept results cannot be shown: ${String(error)}`);
    }
    this.#changed.fire();
    void this.reconcile();
  }

  #run(document: PikaDocument): void {
    const { baseDirectory } = this.store;
    const { runMode = 'automatic' } = document;
    this.#data.update({ document, inspections: this.#inspections, graph: this.#graph, baseDirectory, runMode });
    this.#watch.watch(watchedSources(document, baseDirectory));
    this.#views.show(document, this.#graph);
    this.#kept.retain(document);
  }

  /** Only a document that is unsaved anyway is changed by the plot that Pika chose. */
  async #keepChosenPlot(id: string, spec: PlotSpec): Promise<void> {
    if (this.store.isUnsaved) await this.edits.apply({ type: 'plot', id, spec }, 'pika');
    else this.#changed.fire();
  }

  #node(id: string): PikaNode {
    const node = this.document.nodes.find((each) => each.id === id);
    if (node) return node;
    throw new PikaError('node-missing', `There is no node named ${id} in this workspace.`);
  }

  #plotNode(id: string): PlotNode {
    const node = this.#node(id);
    if (node.kind === 'plot') return node;
    throw new PikaError('node-missing', `${id} is no plot.`);
  }

  #failAll(error: unknown): void {
    for (const node of this.document.nodes)
      if (node.kind !== 'note' && node.kind !== 'frame') this.#board.fail(node.id, error);
  }
}
