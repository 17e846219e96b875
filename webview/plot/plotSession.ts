import { PikaError } from '#common/base/pikaError';
import { Scope, type Disposable } from '#common/base/scope';
import type { Tracer } from '#common/base/trace';
import type { PlotHeader } from '#common/plot/plotData';
import type { CountJob } from '../gpu/cpu/countClient.ts';
import type { CountPlan } from '../gpu/countPlan.ts';
import type { PickPlace } from '../gpu/pickPlace.ts';
import type { RowTest } from '../gpu/rowTest.ts';
import type { SelectionFigures } from '../gpu/selectionFigures.ts';
import { marksInView, type PlotMarks, type PlotPlan } from './plotPlan.ts';
import { columnOf, readPlotBatch, type PlotBatch } from './plotBatch.ts';
import { pullBatches, type PlotDataSource } from './plotDataSource.ts';
import type { PickedRow, PictureTimes, PlotCounts, PlotRenderer } from './plotRenderer.ts';
import type { PlotScene } from './plotScene.ts';
import type { RendererService } from './rendererService.ts';
import { pageFigures } from './select/pageFigures.ts';
import type { ShownPart } from './view/shownPart.ts';

/** A finished picture of all rows. */
export interface PlotPicture {
  readonly plan: PlotPlan;
  readonly counts: PlotCounts;
  readonly renderer: 'webgpu' | 'cpu';
}

/** The numbers of the part of a plot that is on the screen. */
export interface ShownCounts {
  readonly part: ShownPart;
  readonly counts: PlotCounts;
  readonly marks: PlotMarks;
}

/** What a session needs from its view. */
export interface PlotSessionHost {
  readonly service: RendererService;
  readonly tracer: Tracer;
  /** A fresh canvas in the place of the one before; a canvas serves one kind of context only. */
  freshCanvas(): HTMLCanvasElement;
  /** The newest canvas holds a picture. */
  shown(): void;
  /** The scene of the present window, or of the whole plot, at the present size and theme; null while the view has no size. */
  scene(extent: 'window' | 'whole'): PlotScene | null;
  /** All rows are on the screen for the first time. */
  pictured(picture: PlotPicture): void;
  /** The numbers of the picture that is on the screen are known. */
  counted(shown: ShownCounts): void;
  failed(error: unknown): void;
}

const PARTIAL_PICTURE_EVERY_MS = 120;
/** A plan of one cell for all rows, for a job that only tests them. */
const TEST_ONLY: CountPlan = { kind: 'histogram', edges: Uint32Array.of(0, 0) };

/** Pulls the rows of one header, draws them as they come, and draws again after a change of size, theme or tier. */
export class PlotSession implements Disposable {
  readonly #scope = new Scope();
  readonly #abort = new AbortController();
  readonly #batches: PlotBatch[] = [];
  #renderer: PlotRenderer;
  #counts: PlotCounts | null = null;
  #isComplete = false;
  #drawing: Promise<void> | null = null;
  #wantsPicture = false;
  #wasRefused = false;
  #selectionJob: CountJob | null = null;
  /** The rows that the plot came with, once others are shown. */
  #whole: readonly PlotBatch[] | null = null;

  constructor(
    private readonly header: PlotHeader,
    private readonly plan: PlotPlan,
    private readonly host: PlotSessionHost,
  ) {
    this.#renderer = this.#createRenderer();
    this.#scope.defer(() => this.#renderer.dispose());
    this.#scope.defer(() => this.#abort.abort());
    this.#scope.own(host.service.onChange(() => this.#changeTier()));
  }

  /** Pulls everything from the source; failures go to the host. */
  async run(source: PlotDataSource): Promise<void> {
    try {
      await this.#pullAll(source);
      this.#isComplete = true;
      await this.redraw();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Draws the newest scene of the rows that have come; asked while a picture is being drawn, it is drawn once more afterwards. */
  async redraw(): Promise<void> {
    if (this.#batches.length === 0 && !this.#isComplete) return;
    this.#wantsPicture = true;
    this.#drawing ??= this.#drawWanted().finally(() => (this.#drawing = null));
    await this.#drawing;
  }

  /** How many of all rows are selected; null while they are coming, and for plots whose rows stay with DuckDB. */
  async countSelected(test: RowTest): Promise<number | null> {
    if (!this.#isComplete || this.header.strategy !== 'columns' || this.#scope.isDisposed) return null;
    const counted = await this.#renderer.countSelected(test);
    if (counted !== null || this.#abort.signal.aborted) return counted;
    this.#selectionJob ??= this.#openSelectionJob();
    return this.#selectionJob.countSelected(test);
  }

  /** What is told of the selected rows; null while they are coming, and for plots whose rows stay with DuckDB. */
  async figuresOf(test: RowTest): Promise<SelectionFigures | null> {
    const isHere = this.#isComplete && this.header.strategy === 'columns' && this.plan.figureColumns.length > 0;
    if (!isHere || this.#scope.isDisposed) return null;
    const figures = await this.#renderer.figuresOf(test);
    if (figures !== null || this.#abort.signal.aborted) return figures;
    return pageFigures(this.plan, this.#batches, test);
  }

  /** Shows other rows of an aggregated plot than it came with. @param join Makes them from those. */
  async refine(join: (whole: readonly PlotBatch[]) => PlotBatch): Promise<void> {
    const counts = this.#counts;
    if (!counts || this.#scope.isDisposed) return;
    this.#whole ??= [...this.#batches];
    this.#batches.splice(0, Infinity, join(this.#whole));
    this.#replaceRenderer(() => this.#createRenderer());
    this.#counts = counts;
    await this.redraw();
  }

  /** The drawn row nearest to a place; null where none is within reach, and once the plot is gone. */
  async pick(place: PickPlace): Promise<PickedRow | null> {
    return this.#scope.isDisposed ? null : this.#renderer.pick(place);
  }

  dispose(): void {
    this.#scope.dispose();
  }

  /** What a renderer on the GPU cannot test is tested in the worker, which gets rows of its own for it. */
  #openSelectionJob(): CountJob {
    const job = this.#scope.own(this.host.service.openCountJob(TEST_ONLY));
    for (const batch of this.#batches) job.append(['x', 'y'].map((name) => columnOf(batch, name).slice()));
    return job;
  }

  async #pullAll(source: PlotDataSource): Promise<void> {
    let lastPictureMs = performance.now();
    for await (const ipc of pullBatches(source, this.#abort.signal)) {
      const end = this.host.tracer.start('upload', this.header.title);
      const batch = readPlotBatch(ipc);
      this.#batches.push(batch);
      this.#append(batch);
      end({ rows: batch.rowCount, bytes: ipc.byteLength });
      if (performance.now() - lastPictureMs < PARTIAL_PICTURE_EVERY_MS) continue;
      await this.redraw();
      lastPictureMs = performance.now();
    }
  }

  async #drawWanted(): Promise<void> {
    while (this.#wantsPicture && !this.#scope.isDisposed) {
      this.#wantsPicture = false;
      const isComplete = this.#isComplete;
      const isUncounted = isComplete && !this.#counts;
      const scene = this.host.scene(isUncounted ? 'whole' : 'window');
      if (!scene) return;
      await this.#draw(this.#renderer, scene, isComplete);
      if (isUncounted && this.#counts && this.host.scene('window')?.part.isZoomed) this.#wantsPicture = true;
    }
  }

  async #draw(renderer: PlotRenderer, scene: PlotScene, isComplete: boolean): Promise<void> {
    try {
      const times = await renderer.draw(scene);
      const counts = isComplete ? await this.#countsOf(renderer, scene) : null;
      if (this.#isStale(renderer)) return;
      if (!this.#counts) this.#record(times, renderer);
      this.host.shown();
      this.host.service.pictureShown();
      if (counts) this.#announce(renderer, scene.part, counts);
    } catch (error) {
      // The service chooses another device or tier, and that draws again.
      if (this.#isStale(renderer) || PikaError.is(error, 'gpu-lost')) return;
      if (!isRefusal(error, renderer)) throw error;
      this.#makeRoom();
    }
  }

  /** The numbers of a picture that no newer one is about to replace. */
  async #countsOf(renderer: PlotRenderer, { part }: PlotScene): Promise<PlotCounts | null> {
    if (part.isZoomed) return this.#wantsPicture ? null : renderer.readCounts();
    return this.#counts ?? renderer.readCounts();
  }

  #announce(renderer: PlotRenderer, part: ShownPart, counts: PlotCounts): void {
    if (!this.#counts) {
      this.#counts = counts;
      this.host.pictured({ plan: this.plan, counts, renderer: renderer.renderer });
    }
    this.host.counted({ part, counts, marks: marksInView(this.plan, part, counts.countedRows) });
  }

  /** Times of pictures of new data; those of a plot that is zoomed are frames, not stages of its making. */
  #record({ countingMs, drawingMs }: PictureTimes, { renderer }: PlotRenderer): void {
    const drawnMs = performance.timeOrigin + performance.now() - drawingMs;
    const facts = { subject: this.header.title, attributes: { renderer } };
    const { tracer } = this.host;
    if (countingMs > 0)
      tracer.record({ ...facts, name: 'kernel', startMs: drawnMs - countingMs, durationMs: countingMs });
    tracer.record({ ...facts, name: 'draw', startMs: drawnMs, durationMs: drawingMs });
  }

  /** A picture of a renderer that was replaced or closed meanwhile says nothing any more. */
  #isStale(renderer: PlotRenderer): boolean {
    return this.#scope.isDisposed || renderer !== this.#renderer;
  }

  #append(batch: PlotBatch): void {
    const renderer = this.#renderer;
    try {
      renderer.append(batch);
    } catch (error) {
      if (!isRefusal(error, renderer)) throw error;
      this.#makeRoom();
    }
  }

  /** The device has no room for this plot: all others give way, and if that was not enough, the CPU draws it. */
  #makeRoom(): void {
    const { service } = this.host;
    service.freeMemory();
    const drawsOnCpu = this.#wasRefused;
    this.#wasRefused = true;
    this.#replaceRenderer(() =>
      drawsOnCpu ? service.createCpuRenderer(this.host.freshCanvas(), this.plan) : this.#createRenderer(),
    );
    this.#wantsPicture = true;
  }

  #replaceRenderer(create: () => PlotRenderer): void {
    this.#renderer.dispose();
    this.#counts = null;
    this.#renderer = create();
    for (const batch of this.#batches) this.#append(batch);
  }

  #changeTier(): void {
    try {
      this.#wasRefused = false;
      this.#replaceRenderer(() => this.#createRenderer());
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.redraw().catch((error: unknown) => this.#fail(error));
  }

  #createRenderer(): PlotRenderer {
    return this.host.service.createRenderer(this.host.freshCanvas(), this.header, this.plan);
  }

  #fail(error: unknown): void {
    if (!this.#scope.isDisposed) this.host.failed(error);
  }
}

/** Whether a graphics device had no room; without one there is nothing to try. */
function isRefusal(error: unknown, { renderer }: PlotRenderer): boolean {
  return renderer === 'webgpu' && PikaError.is(error, 'gpu-limit');
}
