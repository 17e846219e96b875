import { PikaError } from '#common/base/pikaError';
import type { DocumentGraph } from '#common/document/graph';
import type { PikaDocument, PikaNode } from '#common/document/pikaDocument';
import type { RowsPage } from '#common/protocol/webviewContract';
import type { RowsView } from '#common/table/tableView';
import type { PageWindow } from '../query/pageSql.ts';
import type { DataFacts } from './dataRun.ts';
import type { DataRuns } from './dataRuns.ts';
import type { KeptResults } from './kept/keptResults.ts';
import type { NodeViews } from './nodeViews.ts';
import { upstreamError, upstreamFacts } from './queryRun.ts';
import type { SessionServices } from './sessionServices.ts';
import type { StatusBoard } from './statusBoard.ts';
import type { TablePages } from './tablePages.ts';

/** What holds the state of a document's runs. */
export interface RunParts {
  readonly board: StatusBoard;
  readonly data: DataRuns;
  readonly views: NodeViews;
  readonly kept: KeptResults;
}

/** The document whose nodes run. */
export interface RunSurroundings {
  readonly document: PikaDocument;
  readonly graph: DocumentGraph;
  /** @throws PikaError `node-missing` when there is no such node. */
  readonly node: (id: string) => PikaNode;
  /** Runs what has to run. */
  readonly reconcile: () => Promise<void>;
}

/** Runs and stops the nodes of one open document as users and pages ask for it, and gives out their rows. */
export class SessionRuns {
  constructor(
    private readonly parts: RunParts,
    private readonly services: Pick<SessionServices, 'isTrusted' | 'refreshesOnChange'>,
    private readonly around: () => RunSurroundings,
  ) {}

  /** Runs a node again, with everything it needs that failed or was lost. @throws PikaError `untrusted`. */
  async run(id: string): Promise<void> {
    const { board, data, views } = this.parts;
    const { graph, node, reconcile } = this.around();
    const wanted = node(id);
    if (!this.services.isTrusted()) throw untrustedError();
    if (wanted.kind === 'table' || wanted.kind === 'plot') {
      const run = data.get(wanted.data);
      const dataState = board.get(wanted.data)?.state;
      const isOutdated = !run || data.isLost(run) || dataState === 'failed' || dataState === 'stale';
      if (isOutdated) data.invalidate(wanted.data, graph);
      else data.request(wanted.data);
      views.cancel(id);
    } else {
      data.invalidate(id, graph);
    }
    await reconcile();
  }

  /** Runs everything that failed, is stale or never ran; when there is no such node, everything again. */
  async runAll(): Promise<void> {
    const { board, data, views } = this.parts;
    const { document, graph, reconcile } = this.around();
    const isOutOfDate = ({ id }: PikaNode) => ['idle', 'failed', 'stale'].includes(board.get(id)?.state ?? 'idle');
    const all = document.nodes.filter(({ kind }) => kind === 'source' || kind === 'query');
    const outOfDate = all.filter(isOutOfDate);
    for (const { id } of outOfDate.length > 0 ? outOfDate : all) data.invalidate(id, graph);
    for (const { id } of document.nodes) if (board.get(id)?.state === 'failed') views.cancel(id);
    await reconcile();
  }

  /** Stops a node, and the tables and plots that are made of its rows; they say so and offer to run again. */
  cancel(id: string): void {
    const { board, data, views } = this.parts;
    const { document, node } = this.around();
    const { kind } = node(id);
    data.get(id)?.controller.abort();
    if (kind === 'plot' || kind === 'table') views.cancel(id);
    board.fail(id, new PikaError('cancelled', 'Cancelled.', { nodeId: id, hint: 'Run it again when you like.' }));
    for (const view of document.nodes) {
      const isView = (view.kind === 'table' || view.kind === 'plot') && view.data === id;
      if (isView && board.get(view.id)?.state === 'running') this.cancel(view.id);
    }
  }

  /** Stops every node that runs. */
  cancelAll(): void {
    for (const { id, state } of this.parts.board.all()) if (state === 'running') this.cancel(id);
  }

  /** Runs again what an engine that crashed took with it. */
  async revive(id: string): Promise<void> {
    const { data } = this.parts;
    const { graph, node, reconcile } = this.around();
    const dataId = dataIdOf(node(id));
    const run = data.get(dataId);
    if (!run || !data.isLost(run)) return;
    data.invalidate(dataId, graph);
    await reconcile();
  }

  /** A source's file changed on the disk: what was read from it is stale, the view stays. */
  async sourceChanged(id: string): Promise<void> {
    const { board, data, kept } = this.parts;
    const { document, graph } = this.around();
    if (!data.get(id) && !board.get(id)?.isKept) return;
    kept.outdate(id);
    if (this.services.refreshesOnChange() && document.runMode !== 'on-request') return this.run(id);
    data.outdate(id, graph);
  }

  /** All rows that a node has or shows, once they are there; what never ran, or failed, runs. */
  async completeRows(id: string): Promise<DataFacts> {
    const { board, data } = this.parts;
    const dataId = dataIdOf(this.around().node(id));
    await this.revive(id);
    if (!data.get(dataId) || board.get(dataId)?.state === 'failed') await this.run(dataId);
    const run = data.get(dataId);
    if (!run) throw upstreamError(dataId, undefined);
    return upstreamFacts(dataId, run);
  }

  /** The pages of the document's tables, once what this one needs runs: what a crashed engine took, or what was only kept. */
  async tables(id: string): Promise<TablePages> {
    const { board, data, views } = this.parts;
    await this.revive(id);
    const node = this.around().node(id);
    if (node.kind === 'table' && board.get(id)?.isKept && !data.get(node.data)) await this.run(id);
    return views.tables;
  }

  /** A page of a table's rows; of one that was kept the first page is there before anything runs. */
  async readRows(id: string, window: PageWindow, signal: AbortSignal, view?: RowsView): Promise<RowsPage> {
    const node = this.around().node(id);
    const kept = node.kind === 'table' ? await this.parts.views.keptRows(node, window, view) : null;
    return kept ?? (await this.tables(id)).read(id, window, signal, view);
  }
}

/** In Restricted Mode nothing is read. */
export function untrustedError(): PikaError {
  return new PikaError('untrusted', 'Pika reads no data in Restricted Mode.', { hint: 'Trust this workspace first.' });
}

/** The node whose rows a node has or shows. */
function dataIdOf(node: PikaNode): string {
  return node.kind === 'table' || node.kind === 'plot' ? node.data : node.id;
}
