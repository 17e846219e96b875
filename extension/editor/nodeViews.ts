import { Schema, Table, tableToIPC } from 'apache-arrow';
import { PikaError } from '#common/base/pikaError';
import { Scope, type Disposable } from '#common/base/scope';
import type { DocumentGraph } from '#common/document/graph';
import type { PikaDocument, PlotNode, TableNode } from '#common/document/pikaDocument';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { plotProblem } from '#common/plot/validateSpec';
import type { ApiNode } from '#common/protocol/api';
import type { PlotCalls } from '#common/protocol/plotContract';
import type { PlotDrawn, RowsPage } from '#common/protocol/webviewContract';
import { ALL_ROWS, isPlain, type RowsView } from '#common/table/tableView';
import type { EngineClient } from '../host/engineClient.ts';
import type { PageWindow } from '../query/pageSql.ts';
import { ChosenPlots } from './chosenPlots.ts';
import type { DataFacts, DataRun } from './dataRun.ts';
import type { DataRuns } from './dataRuns.ts';
import type { KeptPlot, KeptResults } from './kept/keptResults.ts';
import type { PlottedData } from './plotQuestions.ts';
import { PlotRuns, type PlotRequest } from './plotRuns.ts';
import { upstreamError } from './queryRun.ts';
import type { StatusBoard } from './statusBoard.ts';
import { isFirstPage, TablePages } from './tablePages.ts';

/** A page without columns, for what was not kept. */
const EMPTY_PAGE = tableToIPC(new Table(new Schema([])), 'stream');

/** Whom the views of a document tell what they found. */
export interface ViewListener {
  /** Pika chose a plot for a node that had none. */
  didChoose(id: string, spec: PlotSpec): Promise<void>;
  /** The first page of a table is there. */
  didReadPage(id: string, run: DataRun, ipc: Uint8Array): void;
}

/** The tables and plots of a document: what shows the runs of other nodes, and runs nothing itself. */
export class NodeViews implements Disposable {
  readonly #scope = new Scope();
  readonly #tables: TablePages;
  readonly #plots: PlotRuns;
  readonly #drawn = new Map<string, NonNullable<ApiNode['plot']>>();
  readonly #chosen = new ChosenPlots();
  /** The data that plots are, or were last, chosen for. */
  readonly #choices = new Map<string, { readonly data: DataRun; readonly controller: AbortController }>();

  constructor(
    engine: EngineClient,
    private readonly board: StatusBoard,
    private readonly data: DataRuns,
    private readonly kept: KeptResults,
    private readonly listener: ViewListener,
  ) {
    const didRead = (id: string, run: DataRun, ipc: Uint8Array) => listener.didReadPage(id, run, ipc);
    this.#tables = this.#scope.own(new TablePages(engine, board, didRead));
    this.#plots = this.#scope.own(new PlotRuns(engine, board));
  }

  get isIdle(): boolean {
    return this.#tables.isIdle;
  }

  /** Shows the present run of each table's and plot's data; one whose data never ran waits, one without data fails. */
  show(document: PikaDocument, graph: DocumentGraph): void {
    const ids = new Set(document.nodes.map((node) => node.id));
    const dataIds = new Set(
      document.nodes.flatMap(({ id, kind }) => (kind === 'source' || kind === 'query' ? [id] : [])),
    );
    this.#tables.retain(ids);
    this.#plots.retain(ids);
    for (const id of [...this.#choices.keys()]) if (!ids.has(id)) this.#stopChoosing(id);
    for (const node of document.nodes) {
      if (node.kind !== 'table' && node.kind !== 'plot') continue;
      const data = this.data.get(node.data);
      if (!data && dataIds.has(node.data) && !graph.cyclic.has(node.data)) this.#wait(node);
      else if (!data) this.board.fail(node.id, missingDataError(node.id, node.data, graph));
      else if (isCancelled(data)) this.#showCancelled(node, data);
      else if (node.kind === 'table') this.#tables.show(node.id, node.data, data);
      else this.#showPlot(node, data);
      this.#followState(node);
    }
  }

  /** Makes the next `show` read or draw a node anew. */
  cancel(id: string): void {
    this.#stopChoosing(id);
    this.#plots.cancel(id);
    this.#tables.cancel(id);
  }

  /** The document with the plots that Pika chose, now or earlier, in place of none. */
  withChosenSpecs(document: PikaDocument): PikaDocument {
    const shown = (node: PlotNode) =>
      this.#chosen.specOf(node) ?? (this.#isKept(node.id) ? this.kept.specOf(node) : null);
    const nodes = document.nodes.map((node) => (node.kind === 'plot' ? { ...node, spec: shown(node) } : node));
    return { ...document, nodes };
  }

  get tables(): TablePages {
    return this.#tables;
  }

  async openPlot(
    node: PlotNode,
    size: Omit<PlotRequest, 'spec' | 'id'>,
    signal: AbortSignal,
  ): Promise<{ header: PlotHeader; generation: number; spec: PlotSpec }> {
    const spec = this.drawableSpec(node);
    return { ...(await this.#plots.open({ ...size, id: node.id, spec }, signal)), spec };
  }

  /** Rows of a table that were kept, while it shows them: the first page, and nothing beside it. */
  async keptRows({ id, data }: TableNode, window: PageWindow, view: RowsView = ALL_ROWS): Promise<RowsPage | null> {
    if (!this.#isKept(id) || !isPlain(view)) return null;
    const generation = this.board.get(id)?.generation ?? 0;
    const ipc = isFirstPage(window) ? await this.kept.page(id) : EMPTY_PAGE;
    if (ipc) return { ipc, rowCount: window.rowCount, generation };
    if (this.data.get(data)) return null;
    this.#forget(id);
    return { ipc: EMPTY_PAGE, rowCount: 0, generation };
  }

  /** A plot that was kept, while the node shows it. */
  async keptPlot(node: PlotNode): Promise<{ plot: KeptPlot; generation: number } | null> {
    if (!this.#isKept(node.id)) return null;
    const plot = await this.kept.plot(node.id);
    if (plot && this.#isKept(node.id)) return { plot, generation: this.board.get(node.id)?.generation ?? 0 };
    if (!this.data.get(node.data)) this.#forget(node.id);
    return null;
  }

  /** What a plot shows, and what it is drawn from; no facts while it shows a picture that was kept. */
  async plottedData(node: PlotNode): Promise<Omit<PlottedData, 'facts'> & { readonly facts: DataFacts | null }> {
    const { timeZone } = this.#plots;
    return { node, spec: this.drawableSpec(node), facts: await this.#plots.facts(node.id), timeZone };
  }

  /** The spec of a plot. @throws PikaError `node-missing` while nobody has chosen one. */
  drawableSpec(node: PlotNode): PlotSpec {
    const spec = this.#chosen.specOf(node);
    if (spec) return spec;
    throw new PikaError('node-missing', `${node.id} is no plot that can be drawn yet.`);
  }

  /** Prepares a picture of a plot. @returns Its header, and the title that the user gave it. */
  async openPicture(
    node: PlotNode,
    request: { readonly size: Omit<PlotRequest, 'spec' | 'id'>; readonly facts: DataFacts },
    signal: AbortSignal,
  ): Promise<{ header: PlotHeader; title: string | null }> {
    const spec = this.drawableSpec(node);
    const wanted = { ...request.size, id: node.id, spec };
    return { header: await this.#plots.openPicture(wanted, request.facts, signal), title: spec.title ?? null };
  }

  /** Reads a part of an aggregated plot in more detail; null where the plot is another one by now. */
  readDetail(params: PlotCalls['readDetail']['params'], signal: AbortSignal): Promise<Uint8Array | null> {
    return this.#plots.readDetail(params, signal);
  }

  /** What a plot has drawn; null while it has not. */
  drawn(id: string): ApiNode['plot'] {
    return this.#drawn.get(id) ?? null;
  }

  /** Takes note of a finished drawing. */
  plotDrawn(node: PlotNode, drawn: PlotDrawn): void {
    const rows = this.board.get(node.data)?.rowCount ?? null;
    const { renderer, fidelity, countedRows } = drawn;
    this.#drawn.set(drawn.nodeId, { renderer, fidelity, countedRows });
    if (this.#isKept(drawn.nodeId)) return;
    this.#plots.drawn(drawn, rows ?? countedRows);
  }

  /** Nobody draws the plots that were being drawn any more. */
  abandonPlots(): void {
    for (const { id, kind, state } of this.board.all()) {
      if (kind === 'plot' && state === 'running') this.board.update(id, { state: 'idle' });
    }
  }

  dispose(): void {
    for (const id of [...this.#choices.keys()]) this.#stopChoosing(id);
    this.#scope.dispose();
  }

  /** Data that was not asked for yet leaves its view as it was. */
  #wait(node: TableNode | PlotNode): void {
    const { id } = node;
    if (this.#isKept(id) && !this.kept.shows(node)) this.#forget(id);
    if (this.board.get(id)?.state !== 'running') return;
    this.cancel(id);
    this.board.update(id, { state: 'idle', progress: null });
  }

  /** A view is stale with its data, and no longer than it. */
  #followState({ id, data }: TableNode | PlotNode): void {
    const state = this.board.get(id)?.state;
    const dataState = this.board.get(data)?.state;
    if (state === 'done' && dataState === 'stale') this.board.update(id, { state: 'stale' });
    if (state === 'stale' && dataState === 'done') this.board.update(id, { state: 'done', isKept: this.#isKept(id) });
  }

  #isKept(id: string): boolean {
    return this.board.get(id)?.isKept ?? false;
  }

  /** What was kept of a view is not shown any more. */
  #forget(id: string): void {
    this.board.update(id, { state: 'idle', columns: null, rowCount: null, fidelity: null, isKept: false });
  }

  #showPlot(node: PlotNode, data: DataRun): void {
    const spec = this.#chosen.specOf(node);
    const isChosen = spec && (!this.#chosen.isOwn(node) || this.#chosen.isFor(node.id, data));
    if (!isChosen) return void this.#choosePlot(node, data);
    this.#stopChoosing(node.id);
    this.#plots.show(node.id, node.data, data, spec);
  }

  /** What was cancelled is not read until it runs again, not even by a view that is new. */
  #showCancelled({ id, data: dataId }: TableNode | PlotNode, data: DataRun): void {
    if (this.board.get(id)?.state === 'idle') this.board.fail(id, upstreamError(dataId, data.failure));
  }

  #stopChoosing(id: string): void {
    this.#choices.get(id)?.controller.abort();
    this.#choices.delete(id);
  }

  /** Chooses a plot of some data, once; what was chosen before stays as long as the data has columns for it. */
  async #choosePlot(node: PlotNode, data: DataRun): Promise<void> {
    const { id, data: dataId } = node;
    if (this.#choices.get(id)?.data === data) return;
    this.#stopChoosing(id);
    this.#plots.cancel(id);
    const controller = new AbortController();
    const { signal } = controller;
    this.#choices.set(id, { data, controller });
    this.board.start(id);
    try {
      const facts = await data.rows;
      const before = this.#chosen.specOf(node);
      const fits = before !== null && plotProblem(before, facts.columns) === null;
      const spec = fits ? before : await this.#plots.choose(id, facts, signal);
      if (signal.aborted) return;
      this.#chosen.keep(id, spec, data);
      this.#plots.show(id, dataId, data, spec);
      if (!fits) await this.listener.didChoose(id, spec);
    } catch (error) {
      if (signal.aborted) return;
      this.board.fail(id, PikaError.is(error, 'plot-impossible') ? error : upstreamError(dataId, error));
    }
  }
}

/** Whether a run was stopped before it was complete. */
function isCancelled({ controller, isSettled, failure }: DataRun): boolean {
  return controller.signal.aborted && !(isSettled && failure === null);
}

function missingDataError(id: string, dataId: string, graph: DocumentGraph): PikaError {
  if (graph.cyclic.has(dataId)) {
    return new PikaError('query-failed', `${dataId} is part of a circle of references.`, { nodeId: id });
  }
  return new PikaError('node-missing', `${dataId} is not in this workspace, so there is nothing to show.`, {
    nodeId: id,
    hint: 'Choose other data for it, or remove it.',
  });
}
