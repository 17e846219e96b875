import type { Disposable } from '#common/base/scope';
import type { CodeColumn } from '../gpu/codeColumn.ts';
import type { CommandList } from '../gpu/commandList.ts';
import type { GpuContext } from '../gpu/gpuContext.ts';
import { encodeLineColumns, type LineSlices } from '../gpu/kernels/lineColumns.ts';
import { encodePyramid, pyramidBytes } from '../gpu/kernels/linePyramid.ts';
import { rowAt } from '../gpu/lineRows.ts';
import { encodeLine } from '../gpu/passes/drawLine.ts';
import type { DrawTarget } from '../gpu/passes/drawPass.ts';
import { fewRows, type RowRange } from './lineWindow.ts';
import type { PlotScene } from './plotScene.ts';

/** The columns of a line in graphics memory. */
export interface LineColumns {
  readonly x: CodeColumn;
  readonly y: CodeColumn;
  readonly series: CodeColumn;
}

/** What of a line is drawn: rows of it, or all rows of a thinner one. */
export interface DrawableLine {
  readonly slices: LineSlices;
  readonly ranges: readonly RowRange[];
}

/** A line in graphics memory with the pyramid that is built over it once. */
export class GpuLine implements Disposable {
  #nodes: GPUBuffer | null = null;
  #nodeRows = 0;

  constructor(
    private readonly gpu: GpuContext,
    private readonly columns: LineColumns,
  ) {}

  /** Encodes what a picture needs before its pass begins; null without rows. @throws PikaError `gpu-limit` beyond one buffer. */
  prepare(commands: CommandList, { lineEdges, seriesCount }: PlotScene): DrawableLine | null {
    const { x, y, series } = this.columns;
    if (x.rowCount === 0) return null;
    const slices = { x: x.wholeSlice(), y: y.wholeSlice(), series: series.wholeSlice() };
    const ranges = fewRows(lineEdges, seriesCount, (wanted, code) => this.#rowAt(wanted, code));
    if (ranges) return { slices, ranges };
    const nodes = this.#encodeNodes(commands, slices);
    const thin = encodeLineColumns(commands, slices, { nodes, edges: lineEdges, seriesCount });
    return { slices: thin, ranges: [{ first: 0, end: thin.x.endRow }] };
  }

  dispose(): void {
    if (this.#nodes) this.gpu.arena.release(this.#nodes);
    this.#nodes = null;
  }

  #rowAt(series: number, code: number): number {
    const at = (column: CodeColumn) => ({ length: column.rowCount, at: (row: number) => column.codeAt(row) });
    return rowAt({ x: at(this.columns.x), series: at(this.columns.series) }, series, code);
  }

  #encodeNodes(commands: CommandList, { y }: LineSlices): GPUBuffer {
    if (this.#nodes && this.#nodeRows === y.endRow) return this.#nodes;
    this.dispose();
    const usage = GPUBufferUsage.STORAGE;
    const nodes = this.gpu.arena.buffer(pyramidBytes(y.endRow), usage, 'line pyramid');
    encodePyramid(commands, y, nodes);
    this.#nodes = nodes;
    this.#nodeRows = y.endRow;
    return nodes;
  }
}

/** Encodes drawing a line that was prepared in the same commands. */
export function encodeDrawableLine(target: DrawTarget, { slices, ranges }: DrawableLine, scene: PlotScene): void {
  const style = { widthPx: scene.lineWidthPx, dotPx: scene.dotPx, colors: scene.colors.series };
  for (const { first, end } of ranges) encodeLine(target, { ...style, ...slices, firstRow: first, endRow: end });
}
