import { COLUMN_PLOT_ROWS } from '#common/base/limits';
import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import { choosePlot, type ColumnFacts } from '#common/plot/choosePlot';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { validateSpec } from '#common/plot/validateSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { PlotDrawn } from '#common/protocol/webviewContract';
import type { EngineClient } from '../host/engineClient.ts';
import { headColumns, headSql, readHeadCounts } from '../query/headSql.ts';
import { planPlot } from '../query/planPlot.ts';
import { readSeriesCounts, seriesCandidates, seriesSql } from '../query/seriesSql.ts';
import { readStats, statsSql } from '../query/statsSql.ts';
import { arrowRows } from './arrowRows.ts';
import type { DataFacts, DataRun } from './dataRun.ts';
import { upstreamError } from './queryRun.ts';
import type { StatusBoard } from './statusBoard.ts';

const NO_FACTS: ColumnFacts = { distinctCounts: new Map(), repeatsTimes: false };

interface PlotRun {
  readonly dataId: string;
  readonly data: DataRun;
  readonly signature: string;
  readonly controller: AbortController;
}

/** One webview asking for one plot. */
export interface PlotRequest {
  readonly id: string;
  readonly spec: PlotSpec;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Prepares plots: statistics, plan and stream of each, on request of a webview that shows it.
 *
 * A plot whose data or spec changed becomes `idle` with a new generation, which tells the webviews to ask again;
 * a plot of sampled data becomes so a second time when the whole data is there.
 */
export class PlotRuns implements Disposable {
  readonly #runs = new Map<string, PlotRun>();

  constructor(
    private readonly engine: EngineClient,
    private readonly board: StatusBoard,
  ) {}

  /** Announces that a plot has to be drawn, unless it already shows this run with this spec. */
  show(id: string, dataId: string, data: DataRun, spec: PlotSpec): void {
    const before = this.#runs.get(id);
    const signature = JSON.stringify(spec);
    if (before?.data === data && before.signature === signature) return;
    this.cancel(id);
    const run: PlotRun = { dataId, data, signature, controller: new AbortController() };
    this.#runs.set(id, run);
    this.board.start(id);
    data.preview.then(
      (preview) => this.#announce(id, run, preview),
      (error: unknown) => {
        if (!run.controller.signal.aborted) this.board.fail(id, upstreamError(dataId, error));
      },
    );
  }

  /** The plot Pika draws of some data when nobody chose one. @throws `plot-impossible` when no column can be plotted. */
  async choose(id: string, { relation, columns }: DataFacts): Promise<PlotSpec> {
    const spec = choosePlot(columns, await this.#columnFacts(id, relation, columns));
    if (spec) return spec;
    throw new PikaError('plot-impossible', 'There is no column of numbers, times or categories to plot.', {
      hint: 'Add a query that turns a column into one of them.',
    });
  }

  async #columnFacts(id: string, relation: string, columns: readonly ColumnInfo[]): Promise<ColumnFacts> {
    const firstRow = async (sql: string) =>
      arrowRows((await this.engine.query({ sql, lane: 'result', subject: id, maxRows: 1 })).ipc)[0] ?? {};
    const looked = headColumns(columns);
    if (looked.length === 0) return NO_FACTS;
    const facts = { ...NO_FACTS, head: readHeadCounts(await firstRow(headSql(relation, looked)), looked) };
    const plain = choosePlot(columns, facts);
    if (plain?.mark !== 'line' || !plain.x?.field) return facts;
    const candidates = seriesCandidates(columns);
    const series = readSeriesCounts(await firstRow(seriesSql(relation, plain.x.field, candidates)), candidates);
    return { ...facts, ...series };
  }

  /** Forgets plots that are gone. */
  retain(ids: ReadonlySet<string>): void {
    for (const id of [...this.#runs.keys()]) if (!ids.has(id)) this.cancel(id);
  }

  /** Stops preparing a plot and forgets what it showed. */
  cancel(id: string): void {
    this.#runs.get(id)?.controller.abort();
    this.#runs.delete(id);
  }

  /** What a plot is drawn from at present: the whole data, or a sample while that is on its way; null while nothing runs. */
  async facts(id: string): Promise<DataFacts | null> {
    const data = this.#runs.get(id)?.data;
    if (!data) return null;
    return data.isSettled ? data.complete : data.preview;
  }

  /** Prepares a plot and opens the stream of its batches. @returns The header, with the generation it belongs to. */
  async open(request: PlotRequest, signal: AbortSignal): Promise<{ header: PlotHeader; generation: number }> {
    const run = this.#runs.get(request.id);
    if (!run) throw new PikaError('node-missing', `There is no plot ${request.id} to draw.`);
    const generation = this.board.get(request.id)?.generation ?? 0;
    const both = AbortSignal.any([signal, run.controller.signal]);
    this.board.start(request.id);
    try {
      const facts = await (run.data.isSettled ? run.data.complete : run.data.preview);
      return { header: await this.#prepare(request, facts, both), generation };
    } catch (error) {
      if (!both.aborted) this.board.fail(request.id, error);
      throw error;
    }
  }

  /** Prepares a plot for a picture: what the node shows stays as it is. */
  openPicture(request: PlotRequest, facts: DataFacts, signal: AbortSignal): Promise<PlotHeader> {
    return this.#prepare(request, facts, signal);
  }

  /** Takes note of a finished drawing; one of an older generation is ignored. */
  drawn({ nodeId, generation, fidelity }: PlotDrawn, rowCount: number): void {
    if (this.board.get(nodeId)?.generation !== generation) return;
    this.board.update(nodeId, { state: 'done', fidelity, rowCount, progress: null });
  }

  dispose(): void {
    this.retain(new Set());
  }

  #announce(id: string, run: PlotRun, preview: DataFacts): void {
    if (run.controller.signal.aborted) return;
    this.#invalidate(id);
    if (preview.sampledOneIn === 1) return;
    run.data.complete.then(
      () => {
        if (!run.controller.signal.aborted) this.#invalidate(id);
      },
      (error: unknown) => {
        if (!run.controller.signal.aborted) this.board.fail(id, upstreamError(run.dataId, error));
      },
    );
  }

  #invalidate(id: string): void {
    const generation = (this.board.get(id)?.generation ?? 0) + 1;
    this.board.update(id, { state: 'idle', generation, error: null, isKept: false });
  }

  async #prepare(request: PlotRequest, facts: DataFacts, signal: AbortSignal): Promise<PlotHeader> {
    const { engine } = this;
    const lane = 'result';
    const subject = request.id;
    const rowsOf = async (sql: string, maxRows: number) =>
      arrowRows((await engine.query({ sql, lane, subject, maxRows }, { signal })).ipc);

    const { spec } = request;
    validateSpec(spec, facts.columns);
    const [statsRow] = await rowsOf(statsSql(facts.relation, spec, facts.columns), 1);
    const stats = readStats(statsRow ?? {});
    const plan = planPlot({
      relation: facts.relation,
      spec,
      columns: facts.columns,
      stats,
      size: request,
      maxColumnRows: COLUMN_PLOT_ROWS,
      sampledOneIn: facts.sampledOneIn,
    });
    const { header, sql } = plan.categoriesSql
      ? plan.finish(await rowsOf(plan.categoriesSql, plan.maxCategories))
      : plan.finish([]);
    const stream = await engine.openStream({ sql, lane, subject }, { signal });
    return { ...header, streamId: stream.streamId };
  }
}
