import { lineColumns, type PyramidLine } from '../gpu/cpu/lineColumns.ts';
import { buildPyramid } from '../gpu/cpu/linePyramid.ts';
import { rowAt, type LineRows } from '../gpu/lineRows.ts';
import { fewRows } from './lineWindow.ts';
import { joinColumn, type PlotBatch } from './plotBatch.ts';
import type { PlotScene } from './plotScene.ts';

/** The line of some batches with its pyramid, both made when a picture first needs them. */
export class CpuLine {
  #line: PyramidLine | null = null;

  constructor(private readonly batches: readonly PlotBatch[]) {}

  /** More batches came. */
  reset(): void {
    this.#line = null;
  }

  /** All rows. */
  get rows(): LineRows {
    return this.#pyramidLine();
  }

  /** The rows that make the picture of all: those that are shown where they are few, otherwise four a column of pixels. */
  rowsOf({ lineEdges, seriesCount }: PlotScene): readonly LineRows[] {
    const line = this.#pyramidLine();
    const few = fewRows(lineEdges, seriesCount, (series, code) => rowAt(line, series, code));
    if (!few) return [lineColumns(line, lineEdges, seriesCount)];
    return few.map(({ first, end }) => ({
      x: line.x.subarray(first, end),
      y: line.y.subarray(first, end),
      series: line.series.subarray(first, end),
    }));
  }

  #pyramidLine(): PyramidLine {
    if (this.#line) return this.#line;
    const join = (name: string) => {
      const [only, second] = this.batches;
      return only && !second ? (only.columns[name] ?? new Uint32Array(0)) : joinColumn(this.batches, name);
    };
    const y = join('y');
    this.#line = { x: join('x'), y, series: join('series'), nodes: buildPyramid(y) };
    return this.#line;
  }
}
