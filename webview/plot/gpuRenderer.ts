import { PikaError } from '#common/base/pikaError';
import { Scope } from '#common/base/scope';
import { FIXED_NULL, type PlotHeader } from '#common/plot/plotData';
import { CodeColumn } from '../gpu/codeColumn.ts';
import { CommandList } from '../gpu/commandList.ts';
import { countLength, type CountPlan } from '../gpu/countPlan.ts';
import type { GpuContext } from '../gpu/gpuContext.ts';
import { encodeDensity } from '../gpu/kernels/density.ts';
import { createExtentBuffer, encodeExtent, EXTENT_LENGTH, extentFromBuffer } from '../gpu/kernels/extent.ts';
import { encodeHistogram } from '../gpu/kernels/histogram.ts';
import { firstFault } from '../gpu/firstFault.ts';
import { encodeBars } from '../gpu/passes/drawBars.ts';
import { encodeDensityImage } from '../gpu/passes/drawDensity.ts';
import { encodeLine } from '../gpu/passes/drawLine.ts';
import type { DrawTarget } from '../gpu/passes/drawPass.ts';
import { encodePoints } from '../gpu/passes/drawPoints.ts';
import { findNearestRow } from '../gpu/kernels/nearestRow.ts';
import type { PickPlace } from '../gpu/pickPlace.ts';
import { findSelectedRows } from '../gpu/kernels/selectRows.ts';
import { readBuffer } from '../gpu/readBuffer.ts';
import type { CodeBounds, RowTest } from '../gpu/rowTest.ts';
import { encodeShapes } from './groups/encodeShapes.ts';
import { columnOf, type PlotBatch } from './plotBatch.ts';
import { countPlanOf, marksInView, type PlotMarks, type PlotPlan } from './plotPlan.ts';
import {
  addGivenCounts,
  NO_TIMES,
  summarizeCounts,
  type PickedRow,
  type PictureTimes,
  type PlotCounts,
  type PlotRenderer,
} from './plotRenderer.ts';
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

/** The WebGPU tier: columns stay in GPU memory, counting and drawing are one submit, nothing is read back to be drawn. */
export class GpuRenderer implements PlotRenderer {
  readonly renderer = 'webgpu';
  readonly #scope = new Scope();
  readonly #columns: ReadonlyMap<string, CodeColumn>;
  readonly #given: Uint32Array<ArrayBuffer>;
  readonly #extent: GPUBuffer;
  #counts: GPUBuffer;
  #countedBy: CountPlan | null = null;
  #countedRows = 0;
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
    this.#given = new Uint32Array(plan.counting?.from === 'counts' ? plan.countLength : 0);
    this.#counts = this.#countBuffer(plan.countLength);
    this.#scope.defer(() => gpu.arena.release(this.#counts));
    this.#extent = createExtentBuffer(gpu);
    this.#scope.defer(() => gpu.arena.release(this.#extent));
  }

  append(batch: PlotBatch): void {
    this.#isDirty = true;
    const { counting } = this.plan;
    if (counting?.from === 'counts') {
      addGivenCounts(columnOf(batch, counting.index), columnOf(batch, 'count'), this.#given);
    }
    for (const [name, column] of this.#columns) column.append(columnOf(batch, name));
  }

  async draw(scene: PlotScene): Promise<PictureTimes> {
    if (this.#scope.isDisposed) return NO_TIMES;
    const { device } = this.gpu;
    return this.#unlessLost(async () => {
      const startMs = performance.now();
      let counted = Promise.resolve(startMs);
      const wanted = countPlanOf(this.plan, scene.part);
      await this.#withoutFault(() => {
        if (this.#isDirty || wanted !== this.#countedBy) counted = this.#submitCounting(wanted);
      });
      const marks =
        scene.part.isZoomed && this.plan.marks === 'density' ? await this.#marksOf(scene.part) : this.plan.marks;
      if (this.#scope.isDisposed) return NO_TIMES;
      await this.#withoutFault(() => this.#submitPicture(scene, marks));
      const [countedMs] = await Promise.all([counted, device.queue.onSubmittedWorkDone()]);
      return { countingMs: countedMs - startMs, drawingMs: performance.now() - countedMs };
    });
  }

  async readCounts(): Promise<PlotCounts> {
    if (this.#scope.isDisposed) throw new PikaError('disposed', 'The plot is gone.');
    this.#read ??= this.#unlessLost(() => this.#readCounts());
    return this.#read;
  }

  async countSelected(test: RowTest): Promise<number | null> {
    const [x, y] = [this.#columns.get('x'), this.#columns.get('y')];
    // The edges of a polygon are given in values here, and the kernel's corners are codes.
    if (test.kind === 'polygon' || !x || this.#scope.isDisposed) return null;
    const pairs = { x: x.slicesFrom(0), y: (y ?? x).slicesFrom(0) };
    const range = ({ low, high }: CodeBounds) => ({ low, high: high + 1 });
    const selection = { x: range(test.x), ...(y && { y: range(test.y) }) };
    return this.#unlessLost(async () => (await findSelectedRows(this.gpu, pairs, selection, 0)).count);
  }

  async pick(place: PickPlace): Promise<PickedRow | null> {
    const slices = (name: string) => this.#columns.get(name)?.slicesFrom(0);
    const [x, y, series] = [slices('x'), slices('y'), slices('series') ?? slices('color')];
    if (!x || !y || this.#scope.isDisposed) return null;
    const columns = series ? { x, y, series } : { x, y };
    const row = await this.#unlessLost(() => findNearestRow(this.gpu, columns, place));
    if (row === null) return null;
    const code = (name: string) => this.#columns.get(name)?.codeAt(row) ?? null;
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

  async #readCounts(): Promise<PlotCounts> {
    if (this.plan.marks === 'line') {
      const { count } = extentFromBuffer(await readBuffer(this.gpu, this.#extent, EXTENT_LENGTH));
      return { counts: this.#given, maximum: 0, countedRows: count };
    }
    const length = this.#countedBy ? countLength(this.#countedBy) : this.plan.countLength;
    return summarizeCounts(await readBuffer(this.gpu, this.#counts, length));
  }

  async #marksOf(part: ShownPart): Promise<PlotMarks> {
    const { countedRows } = await this.readCounts();
    return marksInView(this.plan, part, countedRows);
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

  #countBuffer(length: number): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    return this.gpu.arena.buffer(Math.max(1, length) * Uint32Array.BYTES_PER_ELEMENT, usage, 'counts');
  }

  /** Empties the counts for another plan, in a larger buffer where the one before is too small. */
  #startCounting(commands: CommandList, plan: CountPlan): void {
    const length = countLength(plan);
    if (this.#counts.size < length * Uint32Array.BYTES_PER_ELEMENT) {
      this.gpu.arena.release(this.#counts);
      this.#counts = this.#countBuffer(length);
    }
    commands.encoder.clearBuffer(this.#counts);
    this.#countedBy = plan;
    this.#countedRows = 0;
  }

  /** @returns When the device had counted, by `performance.now()`. */
  #submitCounting(wanted: CountPlan | null): Promise<number> {
    this.#isDirty = false;
    this.#read = null;
    const commands = new CommandList(this.gpu, `count ${this.header.title}`);
    this.#encodeCounting(commands, wanted);
    commands.submit();
    const now = () => performance.now();
    // A failure here is met where the picture is awaited.
    return this.gpu.device.queue.onSubmittedWorkDone().then(now, now);
  }

  #submitPicture(scene: PlotScene, marks: PlotMarks): void {
    const commands = new CommandList(this.gpu, `draw ${this.header.title}`);
    const texture = this.surface.texture(scene.surface.widthPx, scene.surface.heightPx);
    const pass = commands.encoder.beginRenderPass({
      label: 'plot',
      colorAttachments: [{ view: texture.createView(), loadOp: 'clear', storeOp: 'store', clearValue: [0, 0, 0, 0] }],
    });
    this.#encodeMarks({ commands, pass, format: this.surface.format, frame: scene.surface }, scene, marks);
    pass.end();
    commands.submit();
  }

  #encodeCounting(commands: CommandList, wanted: CountPlan | null): void {
    if (this.plan.counting === null) {
      encodeExtent(commands, this.#column('y').slicesFrom(0), this.#extent);
      return;
    }
    if (wanted && wanted !== this.#countedBy) this.#startCounting(commands, wanted);
    if (wanted) this.#encodeNewRows(commands, wanted);
    else this.gpu.device.queue.writeBuffer(this.#counts, 0, this.#given);
    const endRow = wanted ? countLength(wanted) : this.plan.countLength;
    encodeExtent(commands, [{ buffer: this.#counts, firstRow: 0, endRow }], this.#extent);
  }

  #encodeNewRows(commands: CommandList, plan: CountPlan): void {
    const slices = (name: string) => this.#column(name).slicesFrom(this.#countedRows);
    if (plan.kind === 'histogram') encodeHistogram(commands, slices('x'), plan.edges, this.#counts);
    else encodeDensity(commands, { x: slices('x'), y: slices('y') }, plan.grid, this.#counts);
    this.#countedRows = this.#column('x').rowCount;
  }

  #encodeMarks(target: DrawTarget, scene: PlotScene, marks: PlotMarks): void {
    switch (marks) {
      case 'bars':
        encodeBars(target, {
          counts: this.#counts,
          extent: this.#extent,
          spansPx: scene.barSpansPx,
          fullHeightPx: scene.barFullHeightPx,
          color: scene.colors.bar,
        });
        return;
      case 'density':
        if (scene.part.cells) this.#encodeDensity(target, scene, scene.part.cells.columns);
        return;
      case 'points':
        this.#encodePoints(target, scene);
        return;
      case 'line':
        this.#encodeLine(target, scene);
        return;
      case 'shapes':
        encodeShapes(target, scene.shapes);
        return;
    }
  }

  #encodeDensity(target: DrawTarget, { colors, pixelCells }: PlotScene, columns: number): void {
    const counted = { counts: this.#counts, extent: this.#extent };
    encodeDensityImage(target, { ...counted, columns, colors: colors.density, pixelCells });
  }

  #encodePoints(target: DrawTarget, scene: PlotScene): void {
    const y = this.#column('y').slicesFrom(0);
    this.#column('x')
      .slicesFrom(0)
      .forEach((x, index) => {
        const other = y[index];
        if (!other) return;
        const extra = (name: string) => this.#columns.get(name)?.slicesFrom(0)[index] ?? null;
        encodePoints(target, { ...scene.points, x, y: other, color: extra('color'), size: extra('size') });
      });
  }

  #encodeLine(target: DrawTarget, scene: PlotScene): void {
    if (this.#column('x').rowCount === 0) return;
    encodeLine(target, {
      widthPx: scene.lineWidthPx,
      colors: scene.colors.series,
      x: this.#column('x').wholeSlice(),
      y: this.#column('y').wholeSlice(),
      series: this.#column('series').wholeSlice(),
    });
  }

  #column(name: string): CodeColumn {
    const column = this.#columns.get(name);
    if (!column) throw new Error(`The plot has no column ${name}.`);
    return column;
  }
}
