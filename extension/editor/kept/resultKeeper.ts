import { Scope, type Disposable } from '#common/base/scope';
import type { DocumentGraph } from '#common/document/graph';
import type { PikaDocument, PikaNode, PlotNode } from '#common/document/pikaDocument';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { NodeStatus } from '#common/protocol/webviewContract';
import type { DataRun } from '../dataRun.ts';
import { definitionsOf } from '../definitions.ts';
import type { StatusBoard } from '../statusBoard.ts';
import { readsFiles } from './fileFacts.ts';
import type { KeptResults, MadeOf } from './keptResults.ts';
import type { PlotStreams } from './plotStreams.ts';

/** The document whose results are kept, as it is now. */
export interface KeptSubject {
  readonly document: PikaDocument;
  readonly graph: DocumentGraph;
  readonly baseDirectory: string;
}

/** Keeps the results of a document as they come, and shows them when it is opened again. */
export class ResultKeeper implements Disposable {
  readonly #scope = new Scope();
  readonly #running = new Set<string>();

  constructor(
    private readonly results: KeptResults,
    private readonly streams: PlotStreams,
    private readonly board: StatusBoard,
    private readonly around: { subject(): KeptSubject; run(id: string): DataRun | undefined },
  ) {
    this.#scope.own(board.onDidChange((status) => this.#note(status)));
  }

  /** Shows what was kept. @param mayRead Whether the files of the data may be looked at. */
  async restore(mayRead: boolean): Promise<void> {
    const { document, graph, baseDirectory } = this.around.subject();
    const sources = document.nodes.filter((node) => node.kind === 'source');
    if (mayRead) await this.results.lookAtFiles(sources, baseDirectory);
    const definitions = definitionsOf({ document, graph, baseDirectory, revision: 0 });
    for (const node of document.nodes) {
      const kept = this.results.statusOf(node, definitions);
      if (kept) this.board.restore(node.id, kept);
    }
  }

  /** Keeps a table's first page. */
  notePage(id: string, run: DataRun, ipc: Uint8Array): void {
    const status = this.board.get(id);
    const node = this.#node(id);
    if (status && node?.kind === 'table') this.results.notePage(status, this.#madeOf(node.data, run), ipc);
  }

  /** Keeps what a plot is drawn from, once a page has pulled all of it. */
  recordPlot(node: PlotNode, spec: PlotSpec, header: PlotHeader): void {
    const run = this.around.run(node.data);
    if (!run) return;
    const made = this.#madeOf(node.data, run);
    this.streams.record(header.streamId, (batches) => {
      const status = this.board.get(node.id);
      if (status) this.results.notePlot(status, made, { spec, header, batches });
    });
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #note(status: NodeStatus): void {
    const { id, state } = status;
    const node = this.#node(id);
    if (node?.kind === 'source' && state === 'running' && !this.#running.has(id)) {
      this.results.noteStart(node, this.around.subject().baseDirectory);
    }
    if (state === 'running') this.#running.add(id);
    else this.#running.delete(id);
    if (state !== 'done' || status.isKept || !node) return;
    const run = this.around.run(id);
    if (node.kind === 'table' || node.kind === 'plot') this.results.noteView(status);
    else if (run) this.results.noteData(status, this.#madeOf(id, run));
  }

  /** @param dataId The source or query that a result is of. */
  #madeOf(dataId: string, run: DataRun): MadeOf {
    const { document, graph } = this.around.subject();
    const ids = new Set([dataId, ...graph.reach(dataId)]);
    const nodes = document.nodes.filter(({ id }) => ids.has(id));
    const isOpen = nodes.some((node) => node.kind === 'query' && readsFiles(node));
    const sourceIds = nodes.filter(({ kind }) => kind === 'source').map(({ id }) => id);
    return { dataId, definition: run.signature, sourceIds: isOpen ? null : sourceIds };
  }

  #node(id: string): PikaNode | undefined {
    return this.around.subject().document.nodes.find((node) => node.id === id);
  }
}
