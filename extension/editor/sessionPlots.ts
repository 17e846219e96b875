import type { PikaError } from '#common/base/pikaError';
import type { PlotNode } from '#common/document/pikaDocument';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { PlotCalls } from '#common/protocol/plotContract';
import type { PlotDrawn } from '#common/protocol/webviewContract';
import type { DataFacts } from './dataRun.ts';
import type { PlotStreams } from './kept/plotStreams.ts';
import type { ResultKeeper } from './kept/resultKeeper.ts';
import type { NodeViews } from './nodeViews.ts';
import type { PlottedData } from './plotQuestions.ts';
import type { PlotRequest } from './plotRuns.ts';
import type { StatusBoard } from './statusBoard.ts';

/** What holds the state of a document's plots. */
export interface PlotParts {
  readonly streams: PlotStreams;
  readonly views: NodeViews;
  readonly keeper: ResultKeeper;
  readonly board: StatusBoard;
}

/** The document that plots belong to. */
export interface PlotSurroundings {
  /** @throws PikaError `node-missing` when there is no such plot. */
  plotNode(id: string): PlotNode;
  /** Runs again what an engine that crashed took with it. */
  revive(id: string): Promise<void>;
  /** All rows that a plot shows, once they are there. */
  completeRows(id: string): Promise<DataFacts>;
}

/** The plots of one open document, as pages and commands ask for them. */
export class SessionPlots {
  constructor(
    private readonly parts: PlotParts,
    private readonly around: PlotSurroundings,
  ) {}

  /** Where pages pull the batches of plots from. */
  get streams(): PlotStreams {
    return this.parts.streams;
  }

  /** Prepares a plot for a page; what was kept of it is there before anything runs. */
  async open(
    request: Omit<PlotRequest, 'spec'>,
    signal: AbortSignal,
  ): Promise<{ header: PlotHeader; generation: number }> {
    const node = this.around.plotNode(request.id);
    await this.around.revive(request.id);
    const kept = await this.parts.views.keptPlot(node);
    if (kept) return { header: this.streams.openKept(kept.plot), generation: kept.generation };
    const { spec, ...opened } = await this.parts.views.openPlot(node, request, signal);
    this.parts.keeper.recordPlot(node, spec, opened.header);
    return opened;
  }

  /** What a plot shows, once what a crashed engine took of it runs again. */
  async data(id: string): Promise<PlottedData> {
    await this.around.revive(id);
    const { facts, ...shown } = await this.parts.views.plottedData(this.around.plotNode(id));
    return { ...shown, facts: facts ?? (await this.around.completeRows(id)) };
  }

  /** Reads a part of an aggregated plot in more detail; null where the plot is another one by now. */
  readDetail(params: PlotCalls['readDetail']['params'], signal: AbortSignal): Promise<Uint8Array | null> {
    return this.parts.views.readDetail(params, signal);
  }

  /** Prepares a picture of a plot of all its rows: its header for that size, and the title that the user gave it. */
  async openPicture(
    { id, ...size }: Omit<PlotRequest, 'spec'>,
    signal: AbortSignal,
  ): Promise<{ header: PlotHeader; title: string | null }> {
    const node = this.around.plotNode(id);
    const facts = await this.around.completeRows(id);
    return this.parts.views.openPicture(node, { size, facts }, signal);
  }

  /** The spec of a plot, also where Pika chose it. @throws PikaError `node-missing` while there is none. */
  spec(id: string): PlotSpec {
    return this.parts.views.drawableSpec(this.around.plotNode(id));
  }

  /** Takes note of a finished drawing. */
  drawn(node: PlotNode, drawn: PlotDrawn): void {
    this.parts.views.plotDrawn(node, drawn);
  }

  failed(id: string, generation: number, error: PikaError): void {
    if (this.parts.board.get(id)?.generation === generation) this.parts.board.fail(id, error);
  }

  /** Nobody draws the plots that were being drawn any more. */
  abandon(): void {
    this.parts.views.abandonPlots();
  }
}
