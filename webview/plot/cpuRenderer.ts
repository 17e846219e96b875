import { Scope } from '#common/base/scope';
import type { CountClient, CountJob } from '../gpu/cpu/countClient.ts';
import { countSelected } from '../gpu/cpu/countSelected.ts';
import { findExtent } from '../gpu/cpu/extent.ts';
import { countedColumns, type CountPlan } from '../gpu/countPlan.ts';
import type { CodeRange } from '#common/plot/codeRange';
import type { CodeWindow } from '../gpu/cpu/sortedRows.ts';
import { placeReach, type PickPlace } from '../gpu/pickPlace.ts';
import type { CodeSpan } from '../gpu/rowSelection.ts';
import type { RowTest } from '../gpu/rowTest.ts';
import type { SelectionFigures } from '../gpu/selectionFigures.ts';
import { drawBars } from './canvas/drawBars.ts';
import { drawDensity } from './canvas/drawDensity.ts';
import { drawLine } from './canvas/drawLine.ts';
import { drawPoints } from './canvas/drawPoints.ts';
import { drawShapes } from './canvas/drawShapes.ts';
import { drawValues } from './canvas/drawValues.ts';
import type { PixelImage } from './canvas/pixelImage.ts';
import { CpuLine } from './cpuLine.ts';
import { pickRow } from './pickRow.ts';
import { columnOf, type PlotBatch } from './plotBatch.ts';
import { countPlanOf, discShare, type PlotPlan } from './plotPlan.ts';
import { addGiven, countsOf } from './planCounts.ts';
import { NO_TIMES, type PickedRow, type PictureTimes, type PlotCounts, type PlotRenderer } from './plotRenderer.ts';
import type { PlotScene } from './plotScene.ts';
import { pageFigures } from './select/pageFigures.ts';
import type { ShownPart } from './view/shownPart.ts';

/** What a CPU renderer draws with. */
export interface CpuSurface {
  readonly canvas: HTMLCanvasElement;
  readonly client: CountClient;
}

/** What a picture is drawn from. */
interface DrawnMarks {
  readonly counts: PlotCounts;
  readonly points: readonly PlotBatch[];
  /** How opaque the discs of `points` are over the cells, 0 to 1. */
  readonly discs: number;
}

/** The tier without a GPU: counts in workers, draws with Canvas 2D. */
export class CpuRenderer implements PlotRenderer {
  readonly renderer = 'cpu';
  readonly #scope = new Scope();
  readonly #context: CanvasRenderingContext2D | null;
  readonly #given: Uint32Array<ArrayBuffer>;
  readonly #job: CountJob | null;
  readonly #batches: PlotBatch[] = [];
  #rowCount = 0;
  #countingMs = 0;
  #counts: PlotCounts | null = null;
  #countedBy: CountPlan | null = null;
  /** What of the newest picture DuckDB counted for its window, and the rows that came one by one for it. */
  #window: Pick<ShownPart, 'given' | 'points'> = { given: null, points: null };
  readonly #line: CpuLine;

  constructor(
    private readonly surface: CpuSurface,
    private readonly plan: PlotPlan,
  ) {
    this.#line = new CpuLine(this.#batches);
    this.#context = surface.canvas.getContext('2d');
    this.#given = new Uint32Array(plan.counting?.from === 'counts' ? plan.countLength : 0);
    this.#countedBy = plan.counting?.from === 'rows' ? plan.counting.plan : null;
    this.#job = this.#countedBy ? this.#scope.own(surface.client.open(this.#countedBy)) : null;
  }

  append(batch: PlotBatch): void {
    this.#counts = null;
    this.#line.reset();
    this.#rowCount += batch.rowCount;
    this.#batches.push(batch);
    const { counting } = this.plan;
    if (counting?.from === 'rows') this.#count(batch, counting.plan);
    if (counting?.from === 'counts') addGiven(this.plan, counting.index, batch, this.#given);
  }

  async draw(scene: PlotScene): Promise<PictureTimes> {
    const countedBeforeMs = this.#countingMs;
    this.#countBy(countPlanOf(this.plan, scene.part));
    if (this.#window.given !== scene.part.given) this.#counts = null;
    this.#window = scene.part;
    const counts = await this.readCounts();
    const discs = this.plan.marks === 'points' ? 1 : discShare(this.plan, scene.part, counts.countedRows);
    const points = discs > 0 ? await this.#pointsInView(scene) : [];
    const { canvas } = this.surface;
    const context = this.#context;
    if (this.#scope.isDisposed || !context) return NO_TIMES;
    const startMs = performance.now();
    canvas.width = scene.surface.widthPx;
    canvas.height = scene.surface.heightPx;
    this.#drawMarks(context, scene, { counts, points, discs });
    return { countingMs: this.#countingMs - countedBeforeMs, drawingMs: performance.now() - startMs };
  }

  async readCounts(): Promise<PlotCounts> {
    if (this.#counts) return this.#counts;
    const rowsBefore = this.#rowCount;
    const counts = await this.#readCounts();
    if (rowsBefore === this.#rowCount) this.#counts = counts;
    return counts;
  }

  async countSelected(test: RowTest): Promise<number | null> {
    if (this.#job) return this.#job.countSelected(test);
    const counts = this.#batches.map((batch) => countSelected(test, columnOf(batch, 'x'), columnOf(batch, 'y')));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  figuresOf(test: RowTest): Promise<SelectionFigures | null> {
    return Promise.resolve(pageFigures(this.plan, this.#batches, test));
  }

  async pick(place: PickPlace): Promise<PickedRow | null> {
    if (this.#job && this.#isKeptByPlace()) return this.#pickInWorkers(this.#job, place);
    return pickRow(this.#window.points ? [this.#window.points] : this.#batches, place);
  }

  dispose(): void {
    this.#scope.dispose();
  }

  /** The workers keep rows by where they lie, so that they find those within reach at once; the page finds the nearest of these few. */
  async #pickInWorkers(job: CountJob, place: PickPlace): Promise<PickedRow | null> {
    const reach = placeReach(place);
    if (!reach) return null;
    const range = ({ low, span }: CodeSpan) => ({ low, high: low + span });
    const rows = await job.rowsWithin({ x: range(reach.x), y: range(reach.y) });
    return pickRow(
      rows.map(([x, y]) => ({ rowCount: x.length, columns: { x, y } })),
      place,
    );
  }

  #countBy(plan: CountPlan | null): void {
    if (!plan || plan === this.#countedBy) return;
    this.#countedBy = plan;
    this.#counts = null;
    this.#job?.recount(plan);
  }

  #count(batch: PlotBatch, plan: CountPlan): void {
    // The worker keeps its arrays to count them anew, and the page keeps its own for points, tooltips and another tier.
    this.#job?.append(countedColumns(plan).map((name) => columnOf(batch, name).slice()));
  }

  async #readCounts(): Promise<PlotCounts> {
    if (this.plan.marks === 'line') {
      return { counts: this.#given, maximum: 0, countedRows: findExtent(this.#line.rows.y).count };
    }
    if (!this.#job) return countsOf(this.plan, this.#window.given ?? this.#given);
    const { counts, countingMs } = await this.#job.read();
    this.#countingMs = countingMs;
    return countsOf(this.plan, counts);
  }

  /** Whether the workers keep the rows by where they lie: those of plain cells. */
  #isKeptByPlace(): boolean {
    return this.plan.marks === 'density' && this.plan.value === null;
  }

  /** Of many rows the workers find the few that a window shows. */
  async #pointsInView(scene: PlotScene): Promise<readonly PlotBatch[]> {
    if (scene.part.points) return [scene.part.points];
    if (!this.#job || !this.#isKeptByPlace()) return this.#batches;
    const rows = await this.#job.rowsWithin(codesOnSurface(scene));
    return rows.map(([x, y]) => ({ rowCount: x.length, columns: { x, y } }));
  }

  #drawCells(image: PixelImage, scene: PlotScene, counts: PlotCounts, opacity: number): void {
    const columns = scene.part.cells?.columns ?? 0;
    const { value } = this.plan;
    if (value && counts.values) drawValues(image, scene, columns, counts.values, { value, opacity });
    else drawDensity(image, scene, columns, counts, opacity);
  }

  /** Cells and discs are painted in memory and reach the canvas in one piece. */
  #drawPixels(context: CanvasRenderingContext2D, scene: PlotScene, { counts, points, discs }: DrawnMarks): void {
    const image = context.createImageData(scene.surface.widthPx, scene.surface.heightPx);
    if (scene.part.cells && discs < 1) this.#drawCells(image, scene, counts, 1 - discs);
    if (discs > 0) drawPoints(image, scene, points, discs);
    context.putImageData(image, 0, 0);
  }

  #drawMarks(context: CanvasRenderingContext2D, scene: PlotScene, drawn: DrawnMarks): void {
    const { counts } = drawn;
    switch (this.plan.marks) {
      case 'bars':
        drawBars(context, scene, counts);
        return;
      case 'density':
      case 'points':
        this.#drawPixels(context, scene, drawn);
        return;
      case 'line':
        for (const rows of this.#line.rowsOf(scene)) drawLine(context, scene, rows);
        return;
      case 'shapes':
        drawShapes(context, scene.shapes);
        return;
    }
  }
}

/** The codes whose discs reach the canvas. */
function codesOnSurface({ surface, points }: PlotScene): CodeWindow {
  const reachPx = points.radiusPx[1] + 1;
  const along = ({ low, high }: CodeRange, startPx: number, lengthPx: number, wholePx: number): CodeRange => {
    const codesPerPx = (high - low) / lengthPx;
    const first = low - (startPx + reachPx) * codesPerPx;
    return { low: Math.max(0, first), high: Math.max(0, first + (wholePx + 2 * reachPx) * codesPerPx) };
  };
  const bottomPx = surface.heightPx - surface.dataTopPx - surface.dataHeightPx;
  return {
    x: along(surface.xCodes, surface.dataLeftPx, surface.dataWidthPx, surface.widthPx),
    y: along(surface.yCodes, bottomPx, surface.dataHeightPx, surface.heightPx),
  };
}
