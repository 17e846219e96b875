import { COLUMN_PLOT_ROWS } from '#common/base/limits';
import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import { choosePlot, type ColumnFacts } from '#common/plot/choosePlot';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { validateSpec } from '#common/plot/validateSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { PlotCalls } from '#common/protocol/plotContract';
import type { PlotDrawn } from '#common/protocol/webviewContract';
import type { EngineClient } from '../host/engineClient.ts';
import { headColumns, headSql, readHeadCounts } from '../query/headSql.ts';
import { planPlot } from '../query/planPlot.ts';
import type { FinishedPlan } from '../query/plotPlan.ts';
import { readSeriesCounts, seriesCandidates, seriesSql } from '../query/seriesSql.ts';
import { readStats, statsSql } from '../query/statsSql.ts';
import { arrowRows } from './arrowRows.ts';
import type { DataFacts, DataRun } from './dataRun.ts';
import { upstreamError } from './queryRun.ts';
import type { StatusBoard } from './statusBoard.ts';

/** More rows than all pixels of all lines, or all cells of a plot, can have. */
const DETAIL_ROWS = 10_000_000;
/** Panels and pictures of one plot at a time, and a few more. */
const KEPT_DETAILS = 16;
const NO_FACTS: ColumnFacts = { distinctCounts: new Map(), repeatsTimes: false };

interface PlotRun {
  readonly dataId: string;
  readonly data: DataRun;
  readonly signature: string;
  readonly controller: AbortController;
  /** How parts of the aggregated plots that were opened last are read, by the streams of these. */
  readonly details: Map<string, DetailSql>;
}

type DetailSql = NonNullable<FinishedPlan['detailSql']>;

/** One webview asking for one plot. */
export interface PlotRequest {
  readonly id: string;
  readonly spec: PlotSpec;
  readonly widthPx: number;
  readonly heightPx: number;
  /** IANA name of the zone whose clock the page shows; that of the page that asked last when absent. */
  readonly timeZone?: string;
}

/**
 * Prepares plots: statistics, plan and stream of each, on request of a webview that shows it.
 *
 * A plot whose data or spec changed becomes `idle` with a new generation, which tells the webviews to ask again;
 * a plot of sampled data becomes so a second time when the whole data is there.
 */
export class PlotRuns implements Disposable {
  readonly #runs = new Map<string, PlotRun>();
  #timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  constructor(
    private readonly engine: EngineClient,
    private readonly board: StatusBoard,
  ) {}

  /** IANA name of the zone whose clock the page shows that asked last. */
  get timeZone(): string {
    return this.#timeZone;
  }

  /** Announces that a plot has to be drawn, unless it already shows this run with this spec. */
  show(id: string, dataId: string, data: DataRun, spec: PlotSpec): void {
    const before = this.#runs.get(id);
    const signature = JSON.stringify(spec);
    if (before?.data === data && before.signature === signature) return;
    this.cancel(id);
    const run: PlotRun = { dataId, data, signature, controller: new AbortController(), details: new Map() };
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
  async choose(id: string, { relation, columns }: DataFacts, signal: AbortSignal): Promise<PlotSpec> {
    const firstRow = async (sql: string) => {
      const request = { sql, lane: 'result', subject: id, maxRows: 1 } as const;
      return arrowRows((await this.engine.query(request, { signal })).ipc)[0] ?? {};
    };
    const spec = choosePlot(columns, await columnFacts(firstRow, relation, columns));
    if (spec) return spec;
    throw new PikaError('plot-impossible', 'There is no column of numbers, times or categories to plot.', {
      hint: 'Add a query that turns a column into one of them.',
    });
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
    this.#timeZone = request.timeZone ?? this.#timeZone;
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

  /** Reads a part of a plot that DuckDB aggregates, as one Arrow IPC stream; null where the plot has changed meanwhile. */
  async readDetail(
    { nodeId, streamId, question }: PlotCalls['readDetail']['params'],
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    const sql = this.#runs.get(nodeId)?.details.get(streamId)?.(question);
    if (!sql) return null;
    const request = { sql, lane: 'interactive', subject: nodeId } as const;
    const latestKey = `detail ${streamId}`;
    return (await this.engine.query({ ...request, maxRows: DETAIL_ROWS, latestKey }, { signal })).ipc;
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
      timeZone: request.timeZone ?? this.#timeZone,
      maxColumnRows: COLUMN_PLOT_ROWS,
      sampledOneIn: facts.sampledOneIn,
    });
    const { header, sql, detailSql } = plan.categoriesSql
      ? plan.finish(await rowsOf(plan.categoriesSql, plan.maxCategories))
      : plan.finish([]);
    const stream = await engine.openStream({ sql, lane, subject }, { signal });
    if (detailSql) this.#keepDetail(subject, stream.streamId, detailSql);
    return { ...header, streamId: stream.streamId };
  }

  #keepDetail(id: string, streamId: string, detailSql: DetailSql): void {
    const { details } = this.#runs.get(id) ?? {};
    details?.set(streamId, detailSql);
    for (const oldest of details?.keys() ?? []) if ((details?.size ?? 0) > KEPT_DETAILS) details?.delete(oldest);
  }
}

/** What the first rows of some data tell about its columns, and about the series that lines of it would have. */
async function columnFacts(
  firstRow: (sql: string) => Promise<Readonly<Record<string, unknown>>>,
  relation: string,
  columns: readonly ColumnInfo[],
): Promise<ColumnFacts> {
  const looked = headColumns(columns);
  if (looked.length === 0) return NO_FACTS;
  const facts = { ...NO_FACTS, head: readHeadCounts(await firstRow(headSql(relation, looked)), looked) };
  const plain = choosePlot(columns, facts);
  if (plain?.mark !== 'line' || !plain.x?.field) return facts;
  const candidates = seriesCandidates(columns);
  const series = readSeriesCounts(await firstRow(seriesSql(relation, plain.x.field, candidates)), candidates);
  return { ...facts, ...series };
}
