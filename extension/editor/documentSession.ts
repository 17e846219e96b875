import { Emitter } from '#common/base/emitter';
import { PikaError } from '#common/base/pikaError';
import { Scope, type Disposable } from '#common/base/scope';
import type { DocumentEdit } from '#common/document/documentEdit';
import { buildGraph, type DocumentGraph } from '#common/document/graph';
import type { DocumentReading, PikaDocument, PikaNode, PlotNode } from '#common/document/pikaDocument';
import { readDocument } from '#common/document/readDocument';
import { removeNodes } from '#common/document/removeNodes';
import { renameInSql } from '#common/document/renameInSql';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { ApiNode } from '#common/protocol/api';
import type { PlotDrawn, RowsPage, SessionSnapshot } from '#common/protocol/webviewContract';
import type { RowsView } from '#common/table/tableView';
import type { PageWindow } from '../query/pageSql.ts';
import type { DataFacts } from './dataRun.ts';
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
import { DocumentWriter } from './documentWriter.ts';
import { KeptResults } from './kept/keptResults.ts';
import { PlotStreams } from './kept/plotStreams.ts';
import { ResultKeeper } from './kept/resultKeeper.ts';
import { NodeViews } from './nodeViews.ts';
import { upstreamError, upstreamFacts } from './queryRun.ts';
import { remedyEdit } from './remedyEdit.ts';
import { SessionPlots } from './sessionPlots.ts';
import type { SessionServices, SourceWatch } from './sessionServices.ts';
import { sourceBehind, sourceFiles } from './sessionSources.ts';
import { StatusBoard } from './statusBoard.ts';
import type { TablePages } from './tablePages.ts';

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
  readonly #writer: DocumentWriter;
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
  readonly #ended = this.#scope.own(new Emitter<void>());
  readonly #renamed = this.#scope.own(new Emitter<{ readonly oldId: string; readonly newId: string }>());

  readonly onDidChangeStatus = this.#board.onDidChange;
  readonly onDidEnd = this.#ended.event;
  /** A node has another name now; told after the document has it. */
  readonly onDidRename = this.#renamed.event;
  /** The document, its edges or its rights changed: draw the whole snapshot again. */
  readonly onDidChangeSnapshot = this.#changed.event;

  constructor(
    readonly store: DocumentStore,
    private readonly services: SessionServices,
  ) {
    const { engine } = services;
    const asked = () => inspectionsBySql(this.document, this.#inspections);
    const onKeepError = (error: unknown) => services.log('warn', `results are not kept: ${String(error)}`);
    this.#kept = this.#scope.own(new KeptResults(store.uri, services.results, asked, onKeepError));
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
      revive: (id) => this.#revive(id),
      completeRows: (id) => this.completeRows(id),
    });
    this.#writer = new DocumentWriter(store, () => this.#reading);
    const current = () => ({ document: this.document, references: referencesOf(this.#inspections) });
    this.sql = new NodeSql(engine, this.#board, this.#data, {
      current,
      isTrusted: () => services.isTrusted(),
      listDataFiles: () => services.listDataFiles(),
    });
    this.#inspector = new QueryInspector((sql) => engine.inspectSql(sql));
    this.#watch = this.#scope.own(services.watchSources());
    this.#scope.own(this.#watch.onDidChange((id) => void this.#sourceChanged(id)));
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
    return {
      document: this.#views.withChosenSpecs(document),
      problems,
      readOnlyReason: this.store.isDataFile ? 'data-file' : (readOnlyReason ?? (isTrusted ? null : 'untrusted')),
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

  /** Applies one user action: one undo step, after those that were asked for before. @throws `document-read-only`. */
  edit(edit: DocumentEdit): Promise<void> {
    return this.#writer.edit(edit);
  }

  /** Renames a node and every reference to it, in one undo step. */
  async renameNode(id: string, newId: string): Promise<void> {
    const sqlById: Record<string, string> = {};
    for (const node of this.document.nodes) {
      if (node.kind !== 'query') continue;
      const sql = renameInSql(node.sql, referencesOf(this.#inspections).get(node.id) ?? [], id, newId);
      if (sql !== node.sql) sqlById[node.id] = sql;
    }
    await this.edit({ type: 'rename', id, newId, sqlById });
    this.#renamed.fire({ oldId: id, newId });
  }

  /** Removes nodes, in one undo step; what read a removed filter reads its input from then on. */
  async removeNodes(ids: readonly string[]): Promise<void> {
    const references = referencesOf(this.#inspections);
    await this.edit(removeNodes(this.document, ids, { graph: this.#graph, references }));
  }

  /** Runs a node again, with everything it needs that failed or was lost. */
  async runNode(id: string): Promise<void> {
    const node = this.#node(id);
    if (!this.services.isTrusted()) throw untrustedError();
    if (node.kind === 'table' || node.kind === 'plot') {
      const data = this.#data.get(node.data);
      const dataState = this.#board.get(node.data)?.state;
      const isOutdated = !data || this.#data.isLost(data) || dataState === 'failed' || dataState === 'stale';
      if (isOutdated) this.#data.invalidate(node.data, this.#graph);
      else this.#data.request(node.data);
      this.#views.cancel(id);
    } else {
      this.#data.invalidate(id, this.#graph);
    }
    await this.reconcile();
  }

  /** Runs everything that failed, is stale or never ran; when there is no such node, everything again. */
  async runAll(): Promise<void> {
    const isOutOfDate = ({ id }: PikaNode) =>
      ['idle', 'failed', 'stale'].includes(this.#board.get(id)?.state ?? 'idle');
    const data = this.document.nodes.filter(({ kind }) => kind === 'source' || kind === 'query');
    const outOfDate = data.filter(isOutOfDate);
    for (const { id } of outOfDate.length > 0 ? outOfDate : data) this.#data.invalidate(id, this.#graph);
    for (const node of this.document.nodes)
      if (this.#board.get(node.id)?.state === 'failed') this.#views.cancel(node.id);
    await this.reconcile();
  }

  /** A node as one statement for any DuckDB, see `compiledSql`. */
  async compiledSql(id: string): Promise<string> {
    const { document, services, store } = this;
    if (!services.isTrusted()) throw untrustedError();
    const inspections = await this.#inspector.inspectAll(document);
    const graph = buildGraph(document, referencesOf(inspections));
    return compiledSql(services.engine, { document, inspections, graph, baseDirectory: store.baseDirectory }, id);
  }

  /** Stops a node; it says so and offers to run again. */
  cancelNode(id: string): void {
    const node = this.#node(id);
    this.#data.get(id)?.controller.abort();
    if (node.kind === 'plot' || node.kind === 'table') this.#views.cancel(id);
    this.#board.fail(id, new PikaError('cancelled', 'Cancelled.', { nodeId: id, hint: 'Run it again when you like.' }));
  }

  /** Applies a remedy of a node's error, or of one of its notices, to the source that it came from: one undo step. */
  async applyRemedy(id: string, index: number, notice?: number): Promise<{ addedId: string | null }> {
    const status = this.#board.get(id);
    const details = notice === undefined ? status?.error?.details : undefined;
    const remedies = notice === undefined ? details?.remedies : status?.notices[notice]?.remedies;
    const remedy = remedies?.[index];
    const { baseDirectory } = this.store;
    const source = sourceBehind(id, details?.path, { document: this.document, graph: this.#graph, baseDirectory });
    if (!remedy || !source) throw new PikaError('bad-request', 'There is no such remedy.');
    const { edit, addedId } = remedyEdit(remedy, source, this.document);
    await this.edit(edit);
    return { addedId };
  }

  /** All rows that a node has or shows, once they are there; what never ran, or failed, runs. */
  async completeRows(id: string): Promise<DataFacts> {
    const node = this.#node(id);
    const dataId = node.kind === 'table' || node.kind === 'plot' ? node.data : id;
    await this.#revive(id);
    if (!this.#data.get(dataId) || this.#board.get(dataId)?.state === 'failed') await this.runNode(dataId);
    const run = this.#data.get(dataId);
    if (!run) throw upstreamError(dataId, undefined);
    return upstreamFacts(dataId, run);
  }

  /** The pages of the document's tables, once what this one needs runs: what a crashed engine took, or what was only kept. */
  async tables(id: string): Promise<TablePages> {
    await this.#revive(id);
    const node = this.#node(id);
    if (node.kind === 'table' && this.#board.get(id)?.isKept && !this.#data.get(node.data)) await this.runNode(id);
    return this.#views.tables;
  }

  /** A page of a table's rows; of one that was kept the first page is there before anything runs. */
  async readRows(id: string, window: PageWindow, signal: AbortSignal, view?: RowsView): Promise<RowsPage> {
    const node = this.#node(id);
    const kept = node.kind === 'table' ? await this.#views.keptRows(node, window, view) : null;
    return kept ?? (await this.tables(id)).read(id, window, signal, view);
  }

  /** Takes note of a finished drawing; the node may be gone by now. */
  plotDrawn(drawn: PlotDrawn): void {
    const node = this.document.nodes.find(({ id }) => id === drawn.nodeId);
    if (node?.kind === 'plot') this.plots.drawn(node, drawn);
  }

  /** Stops every node that runs. */
  cancelAll(): void {
    for (const { id, state } of this.#board.all()) if (state === 'running') this.cancelNode(id);
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
    this.#watch.watch(sourceFiles(document, baseDirectory));
    this.#views.show(document, this.#graph);
    this.#kept.retain(document);
  }

  /** A source's file changed on the disk: what was read from it is stale, the view stays. */
  async #sourceChanged(id: string): Promise<void> {
    if (!this.#data.get(id) && !this.#board.get(id)?.isKept) return;
    this.#kept.outdate(id);
    if (this.services.refreshesOnChange() && this.document.runMode !== 'on-request') return this.runNode(id);
    this.#data.outdate(id, this.#graph);
  }

  /** Only a document that is unsaved anyway is changed by the plot that Pika chose. */
  async #keepChosenPlot(id: string, spec: PlotSpec): Promise<void> {
    if (this.store.isUnsaved) await this.#writer.edit({ type: 'plot', id, spec }, 'pika');
    else this.#changed.fire();
  }

  /** Runs again what an engine that crashed took with it. */
  async #revive(id: string): Promise<void> {
    const node = this.#node(id);
    const dataId = node.kind === 'table' || node.kind === 'plot' ? node.data : id;
    const data = this.#data.get(dataId);
    if (data && this.#data.isLost(data)) {
      this.#data.invalidate(dataId, this.#graph);
      await this.reconcile();
    }
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

function untrustedError(): PikaError {
  return new PikaError('untrusted', 'Pika reads no data in Restricted Mode.', { hint: 'Trust this workspace first.' });
}
