import { Scope, type Disposable } from '#common/base/scope';
import type { CodeColumn } from '../gpu/codeColumn.ts';
import type { CommandList } from '../gpu/commandList.ts';
import { countLength, type CountPlan } from '../gpu/countPlan.ts';
import type { GpuContext } from '../gpu/gpuContext.ts';
import { encodeCellValues } from '../gpu/kernels/cellValues.ts';
import { encodeDensity } from '../gpu/kernels/density.ts';
import { encodeDensityValues } from '../gpu/kernels/densityValues.ts';
import { createExtentBuffer, encodeExtent, EXTENT_LENGTH, extentFromBuffer } from '../gpu/kernels/extent.ts';
import { encodeHistogram } from '../gpu/kernels/histogram.ts';
import { readBuffer } from '../gpu/readBuffer.ts';
import { WORDS_PER_CELL } from '../gpu/valueFigures.ts';
import type { CellValue } from './cellPlan.ts';
import type { PlotBatch } from './plotBatch.ts';
import { addGiven, countsOf } from './planCounts.ts';
import type { PlotPlan } from './plotPlan.ts';
import type { PlotCounts } from './plotRenderer.ts';

/** Gives a column of the plot by its name. */
export type FindColumn = (name: string) => CodeColumn;

/** What numbers are made from: rows by a plan, or what DuckDB counted for a window; null for what it counted for the whole plot. */
export type CountSource = CountPlan | Uint32Array<ArrayBuffer> | null;

/** The numbers of a plot in graphics memory: counted from its columns, or given ready made. */
export class GpuCounts implements Disposable {
  readonly #scope = new Scope();
  readonly #given: Uint32Array<ArrayBuffer>;
  /** Extent of the counts, or of what cells are coloured by; of a line that of its values. */
  readonly extent: GPUBuffer;
  #buffer: GPUBuffer;
  /** What cells are coloured by, where it is no number of rows. */
  #values: GPUBuffer | null = null;
  #countedBy: CountSource = null;
  #length: number;
  #countedRows = 0;

  constructor(
    private readonly gpu: GpuContext,
    private readonly plan: PlotPlan,
    private readonly column: FindColumn,
  ) {
    this.#given = new Uint32Array(plan.counting?.from === 'counts' ? plan.countLength : 0);
    this.#length = plan.countLength;
    this.#buffer = this.#words(plan.countLength);
    this.#scope.defer(() => gpu.arena.release(this.#buffer));
    this.#scope.defer(() => {
      if (this.#values) gpu.arena.release(this.#values);
    });
    this.extent = createExtentBuffer(gpu);
    this.#scope.defer(() => gpu.arena.release(this.extent));
  }

  /** One u32 per bin or bar, or the words of each cell. */
  get buffer(): GPUBuffer {
    return this.#buffer;
  }

  /** One word per cell that is coloured by a value; null for other plots. */
  get values(): GPUBuffer | null {
    return this.#values;
  }

  /** What the numbers are made from. */
  get countedBy(): CountSource {
    return this.#countedBy;
  }

  /** Takes what a batch brings ready made. */
  give(batch: PlotBatch): void {
    const { counting } = this.plan;
    if (counting?.from === 'counts') addGiven(this.plan, counting.index, batch, this.#given);
  }

  /** Encodes counting the rows that came since, or all of them where they are wanted by another plan; or puts what is given. */
  encode(commands: CommandList, wanted: CountSource): void {
    if (this.plan.counting === null) {
      encodeExtent(commands, this.column('y').slicesFrom(0), this.extent);
      return;
    }
    if (wanted === null || wanted instanceof Uint32Array) {
      const given = wanted ?? this.#given;
      this.#reserve(given.length, wanted);
      this.gpu.device.queue.writeBuffer(this.#buffer, 0, given);
    } else {
      if (wanted !== this.#countedBy) this.#start(commands, wanted);
      this.#encodeNewRows(commands, wanted);
    }
    const endRow = this.#length;
    if (this.plan.value) this.#encodeValues(commands, endRow / WORDS_PER_CELL, this.plan.value);
    else encodeExtent(commands, [{ buffer: this.#buffer, firstRow: 0, endRow }], this.extent);
  }

  /** The numbers of the newest counting. */
  async read(): Promise<PlotCounts> {
    if (this.plan.marks === 'line') {
      const { count } = extentFromBuffer(await readBuffer(this.gpu, this.extent, EXTENT_LENGTH));
      return { counts: this.#given, maximum: 0, countedRows: count };
    }
    return countsOf(this.plan, await readBuffer(this.gpu, this.#buffer, this.#length));
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #words(length: number): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    return this.gpu.arena.buffer(Math.max(1, length) * Uint32Array.BYTES_PER_ELEMENT, usage, 'counts');
  }

  /** Empties the counts for another plan, in a larger buffer where the one before is too small. */
  #start(commands: CommandList, plan: CountPlan): void {
    this.#reserve(countLength(plan), plan);
    commands.encoder.clearBuffer(this.#buffer);
    this.#countedRows = 0;
  }

  #reserve(length: number, source: CountSource): void {
    this.#countedBy = source;
    this.#length = length;
    if (this.#buffer.size >= length * Uint32Array.BYTES_PER_ELEMENT) return;
    this.gpu.arena.release(this.#buffer);
    this.#buffer = this.#words(length);
  }

  #encodeNewRows(commands: CommandList, plan: CountPlan): void {
    const slices = (name: string) => this.column(name).slicesFrom(this.#countedRows);
    switch (plan.kind) {
      case 'histogram':
        encodeHistogram(commands, slices('x'), plan.edges, this.#buffer);
        break;
      case 'density':
        encodeDensity(commands, { x: slices('x'), y: slices('y') }, plan.grid, this.#buffer);
        break;
      case 'densityValues': {
        const columns = { x: slices('x'), y: slices('y'), value: slices('color') };
        encodeDensityValues(commands, columns, plan.grid, plan.wanted, this.#buffer);
        break;
      }
    }
    this.#countedRows = this.column('x').rowCount;
  }

  #encodeValues(commands: CommandList, cells: number, value: CellValue): void {
    if (!this.#values || this.#values.size < cells * Uint32Array.BYTES_PER_ELEMENT) {
      if (this.#values) this.gpu.arena.release(this.#values);
      this.#values = this.#words(cells);
    }
    encodeCellValues(commands, this.#buffer, cells, value, this.#values);
    encodeExtent(commands, [{ buffer: this.#values, firstRow: 0, endRow: cells }], this.extent);
  }
}
