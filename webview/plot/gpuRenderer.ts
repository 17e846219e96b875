import { PikaError } from '#common/base/pikaError';
import { Scope } from '#common/base/scope';
import { FIXED_NULL, type PlotHeader } from '#common/plot/plotData';
import { CodeColumn } from '../gpu/codeColumn.ts';
import { CommandList } from '../gpu/commandList.ts';
import type { GpuContext } from '../gpu/gpuContext.ts';
import { firstFault } from '../gpu/firstFault.ts';
import { encodeBars } from '../gpu/passes/drawBars.ts';
import { encodeDensityImage } from '../gpu/passes/drawDensity.ts';
import type { DrawTarget } from '../gpu/passes/drawPass.ts';
import { encodeValueImage } from '../gpu/passes/drawValues.ts';
import { findNearestRow } from '../gpu/kernels/nearestRow.ts';
import type { PickPlace } from '../gpu/pickPlace.ts';
import { findSelectionFigures } from '../gpu/kernels/selectionFigures.ts';
import type { CodePairs } from '../gpu/kernels/codePairs.ts';
import type { RowSelection } from '../gpu/rowSelection.ts';
import type { SelectionFigures } from '../gpu/selectionFigures.ts';
import { findSelectedRows } from '../gpu/kernels/selectRows.ts';
import type { CodeBounds, RowTest } from '../gpu/rowTest.ts';
import { GpuCounts, type CountSource } from './gpuCounts.ts';
import { allPoints, encodeDiscs, encodePointsInCells, WindowPoints, type PointSlices } from './gpuPoints.ts';
import { encodeDrawableLine, GpuLine, type DrawableLine, type LineColumns } from './gpuLine.ts';
import { encodeShapes } from './groups/encodeShapes.ts';
import { columnOf, type PlotBatch } from './plotBatch.ts';
import { countPlanOf, discShare, type PlotMarks, type PlotPlan } from './plotPlan.ts';
import { NO_TIMES, type PickedRow, type PictureTimes, type PlotCounts, type PlotRenderer } from './plotRenderer.ts';
import type { PlotScene } from './plotScene.ts';
import type { ShownPart } from './view/shownPart.ts';

/** Where a GPU renderer draws: a canvas context, or any texture in tests. */
export interface GpuSurface {
  readonly format: GPUTextureFormat;
  /** The texture of the next picture, of that size. */
  texture(widthPx: number, heightPx: number): GPUTexture;
}

/** Time between a failing call and the news that its device is lost. */
const LOSS_NOTICE_MS = 100;
const COLUMN_NAMES = {
  bars: ['x'],
  density: ['x', 'y'],
  points: ['x', 'y'],
  line: ['x', 'y', 'series'],
  shapes: [],
} as const;

function columnNames(header: PlotHeader, marks: PlotMarks): readonly string[] {
  if (header.plotKind !== 'scatter') return COLUMN_NAMES[marks];
  return [...COLUMN_NAMES[marks], ...(header.color ? ['color'] : []), ...(header.size ? ['size'] : [])];
}

/** Rows of a window that were counted to decide how they are drawn, null where all are; and how far they are discs. */
interface ShownRows {
  readonly rowCount: number | null;
  readonly discs: number;
}

/** What was made ready before the picture's pass. */
interface PreparedMarks {
  readonly discs: number;
  readonly line: DrawableLine | null;
  readonly points: readonly PointSlices[];
}

/** The WebGPU tier: columns stay in GPU memory, counting and drawing are one submit, nothing is read back to be drawn. */
export class GpuRenderer implements PlotRenderer {
  readonly renderer = 'webgpu';
  readonly #scope = new Scope();
  readonly #columns: ReadonlyMap<string, CodeColumn>;
  readonly #counts: GpuCounts;
  readonly #line: GpuLine | null;
  /** The rows of a window that came one by one, where DuckDB counts the plot. */
  #points: WindowPoints | null = null;
  #isDirty = true;
  #read: Promise<PlotCounts> | null = null;

  constructor(
    private readonly gpu: GpuContext,
    private readonly surface: GpuSurface,
    private readonly header: PlotHeader,
    private readonly plan: PlotPlan,
  ) {
    const names = plan.counting?.from === 'counts' && plan.marks !== 'points' ? [] : columnNames(header, plan.marks);
    this.#columns = new Map(
      names.map((name) => [name, this.#scope.own(new CodeColumn(gpu, `${header.title} ${name}`, plan.expectedRows))]),
    );
    this.#counts = this.#scope.own(new GpuCounts(gpu, plan, (name) => this.#column(name)));
    const line = { x: this.#columns.get('x'), y: this.#columns.get('y'), series: this.#columns.get('series') };
    this.#line = isLine(line) ? this.#scope.own(new GpuLine(gpu, line)) : null;
    this.#scope.defer(() => this.#points?.dispose());
  }

  append(batch: PlotBatch): void {
    this.#isDirty = true;
    this.#counts.give(batch);
    for (const [name, column] of this.#columns) column.append(columnOf(batch, name));
  }

  async draw(scene: PlotScene): Promise<PictureTimes> {
    if (this.#scope.isDisposed) return NO_TIMES;
    const { device } = this.gpu;
    return this.#unlessLost(async () => {
      const startMs = performance.now();
      let counted = Promise.resolve(startMs);
      const wanted = countPlanOf(this.plan, scene.part) ?? scene.part.given;
      this.#takePoints(scene.part.points);
      await this.#withoutFault(() => {
        if (this.#isDirty || wanted !== this.#counts.countedBy) counted = this.#submitCounting(wanted);
      });
      const shown = await this.#shownRows(scene.part);
      if (this.#scope.isDisposed) return NO_TIMES;
      await this.#withoutFault(() => this.#submitPicture(scene, shown));
      const [countedMs] = await Promise.all([counted, device.queue.onSubmittedWorkDone()]);
      return { countingMs: countedMs - startMs, drawingMs: performance.now() - countedMs };
    });
  }

  async readCounts(): Promise<PlotCounts> {
    if (this.#scope.isDisposed) throw new PikaError('disposed', 'The plot is gone.');
    this.#read ??= this.#unlessLost(() => this.#counts.read());
    return this.#read;
  }

  async countSelected(test: RowTest): Promise<number | null> {
    const wanted = this.#selectionOf(test);
    if (!wanted) return null;
    // An axis that is not selected along may have no value: the other one stands for it.
    const { x, y } = wanted.pairs;
    const pairs = { x: isSelectedAlong(test.x) ? x : y, y: isSelectedAlong(test.y) ? y : x };
    return this.#unlessLost(async () => (await findSelectedRows(this.gpu, pairs, wanted.selection, 0)).count);
  }

  async figuresOf(test: RowTest): Promise<SelectionFigures | null> {
    const wanted = this.#selectionOf(test);
    if (!wanted) return null;
    const { figureColumns, categories } = this.plan;
    const slices = {
      pairs: wanted.pairs,
      columns: figureColumns.map((name) => this.#column(name).slicesFrom(0)),
      categories: categories && this.#column(categories.column).slicesFrom(0),
      categoryCount: categories?.count ?? 0,
    };
    return this.#unlessLost(() => findSelectionFigures(this.gpu, slices, wanted.selection));
  }

  #selectionOf(test: RowTest): { readonly pairs: CodePairs; readonly selection: RowSelection } | null {
    const [x, y] = [this.#columns.get('x'), this.#columns.get('y')];
    // The edges of a polygon are given in values here, and the kernel's corners are codes.
    if (test.kind === 'polygon' || !x || this.#scope.isDisposed) return null;
    const pairs = { x: x.slicesFrom(0), y: (y ?? x).slicesFrom(0) };
    const range = ({ low, high }: CodeBounds) => ({ low, high: high + 1 });
    return { pairs, selection: { x: range(test.x), ...(y && { y: range(test.y) }) } };
  }

  async pick(place: PickPlace): Promise<PickedRow | null> {
    const columns = this.#points?.columns ?? this.#columns;
    const slices = (name: string) => columns.get(name)?.slicesFrom(0);
    const [x, y, series] = [slices('x'), slices('y'), slices('series') ?? slices('color')];
    if (!x || !y || this.#scope.isDisposed) return null;
    const places = series ? { x, y, series } : { x, y };
    const row = await this.#unlessLost(() => findNearestRow(this.gpu, places, place));
    if (row === null) return null;
    const code = (name: string) => columns.get(name)?.codeAt(row) ?? null;
    return {
      x: code('x') ?? FIXED_NULL,
      y: code('y') ?? FIXED_NULL,
      series: code('series'),
      color: code('color'),
      size: code('size'),
    };
  }

  dispose(): void {
    this.#scope.dispose();
  }

  /** Only a window's rows have to be counted before it is known whether they become discs. */
  async #shownRows(part: ShownPart): Promise<ShownRows> {
    const hasRows = this.plan.counting?.from === 'rows' || part.points !== null;
    const isCounted = part.isZoomed && this.plan.marks === 'density' && hasRows;
    const rowCount = isCounted ? (await this.readCounts()).countedRows : null;
    return { rowCount, discs: discShare(this.plan, part, rowCount ?? 0) };
  }

  #takePoints(batch: PlotBatch | null): void {
    if (batch === (this.#points?.batch ?? null)) return;
    this.#points?.dispose();
    this.#points = batch && new WindowPoints(this.gpu, this.header.title, batch);
  }

  async #withoutFault(submit: () => void): Promise<void> {
    const fault = await firstFault(this.gpu.device, submit);
    if (fault) throw new PikaError('gpu-limit', `The graphics device refused the picture: ${fault.message}`);
  }

  /** Runs device work; what fails on a lost device is `gpu-lost`, whatever the device made of it. */
  async #unlessLost<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const notice = new Promise<null>((resolve) => setTimeout(() => resolve(null), LOSS_NOTICE_MS));
      const loss = await Promise.race([this.gpu.device.lost, notice]);
      if (loss) throw new PikaError('gpu-lost', 'The graphics device was lost.', {}, { cause });
      throw cause;
    }
  }

  /** @returns When the device had counted, by `performance.now()`. */
  #submitCounting(wanted: CountSource): Promise<number> {
    this.#isDirty = false;
    this.#read = null;
    const commands = new CommandList(this.gpu, `count ${this.header.title}`);
    this.#counts.encode(commands, wanted);
    commands.submit();
    const now = () => performance.now();
    // A failure here is met where the picture is awaited.
    return this.gpu.device.queue.onSubmittedWorkDone().then(now, now);
  }

  #submitPicture(scene: PlotScene, shown: ShownRows): void {
    const commands = new CommandList(this.gpu, `draw ${this.header.title}`);
    const line = this.#line?.prepare(commands, scene) ?? null;
    const points = this.#preparePoints(commands, scene.part, shown);
    const texture = this.surface.texture(scene.surface.widthPx, scene.surface.heightPx);
    const pass = commands.encoder.beginRenderPass({
      label: 'plot',
      colorAttachments: [{ view: texture.createView(), loadOp: 'clear', storeOp: 'store', clearValue: [0, 0, 0, 0] }],
    });
    this.#encodeMarks({ commands, pass, format: this.surface.format, frame: scene.surface }, scene, {
      discs: shown.discs,
      line,
      points,
    });
    pass.end();
    commands.submit();
  }

  /** Of a window the rows in it; rows that have no value to be coloured by are in no cell, but in the box around the cells. */
  #preparePoints(commands: CommandList, { cells }: ShownPart, { rowCount, discs }: ShownRows): readonly PointSlices[] {
    if (this.plan.marks !== 'points' && discs === 0) return [];
    if (this.#points) return allPoints(this.#points.columns);
    if (rowCount === null || !cells || this.plan.value) return allPoints(this.#columns);
    return encodePointsInCells(commands, this.#columns, cells, rowCount);
  }

  #encodeMarks(target: DrawTarget, scene: PlotScene, { discs, line, points }: PreparedMarks): void {
    switch (this.plan.marks) {
      case 'bars':
        encodeBars(target, {
          counts: this.#counts.buffer,
          extent: this.#counts.extent,
          spansPx: scene.barSpansPx,
          fullHeightPx: scene.barFullHeightPx,
          color: scene.colors.bar,
        });
        return;
      case 'density':
        if (scene.part.cells && discs < 1) this.#encodeDensity(target, scene, scene.part.cells.columns, 1 - discs);
        encodeDiscs(target, scene, points, discs);
        return;
      case 'points':
        encodeDiscs(target, scene, points, 1);
        return;
      case 'line':
        if (line) encodeDrawableLine(target, line, scene);
        return;
      case 'shapes':
        encodeShapes(target, scene.shapes);
        return;
    }
  }

  #encodeDensity(target: DrawTarget, { colors, pixelCells }: PlotScene, columns: number, opacity: number): void {
    const image = { columns, opacity, colors: colors.density, pixelCells, extent: this.#counts.extent };
    const { value } = this.plan;
    const { values, buffer } = this.#counts;
    if (value && values) encodeValueImage(target, { ...image, values, areFloats: value.aggregate === 'sum' });
    else encodeDensityImage(target, { ...image, counts: buffer });
  }

  #column(name: string): CodeColumn {
    const column = this.#columns.get(name);
    if (!column) throw new Error(`The plot has no column ${name}.`);
    return column;
  }
}

/** Whether a test leaves out rows that are null on its axis. */
function isSelectedAlong({ high }: CodeBounds): boolean {
  return high < FIXED_NULL;
}

function isLine(columns: { readonly [K in keyof LineColumns]: CodeColumn | undefined }): columns is LineColumns {
  return columns.x !== undefined && columns.y !== undefined && columns.series !== undefined;
}
