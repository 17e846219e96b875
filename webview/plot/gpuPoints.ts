import type { CellGrid } from '#common/plot/cellGrid';
import { Scope, type Disposable } from '#common/base/scope';
import { CodeColumn, type CodeSlice } from '../gpu/codeColumn.ts';
import type { CommandList } from '../gpu/commandList.ts';
import type { GpuContext } from '../gpu/gpuContext.ts';
import { encodeGatherRows } from '../gpu/kernels/gatherRows.ts';
import { encodeSelectRows } from '../gpu/kernels/selectRows.ts';
import { encodePoints } from '../gpu/passes/drawPoints.ts';
import type { DrawTarget } from '../gpu/passes/drawPass.ts';
import type { PlotBatch } from './plotBatch.ts';
import type { PlotScene } from './plotScene.ts';

/** Columns that discs are drawn from, by name. */
export type PointColumns = ReadonlyMap<string, CodeColumn>;

/** Slices of the same rows, by name of their column. */
export type PointSlices = Readonly<Record<string, CodeSlice>>;

const WORD_BYTES = Uint32Array.BYTES_PER_ELEMENT;

/** The rows of a window that came one by one, as columns in graphics memory. */
export class WindowPoints implements Disposable {
  readonly #scope = new Scope();
  readonly columns: PointColumns;

  constructor(
    gpu: GpuContext,
    title: string,
    readonly batch: PlotBatch,
  ) {
    const columns = Object.entries(batch.columns).map(([name, codes]) => {
      const column = this.#scope.own(new CodeColumn(gpu, `${title} ${name} in view`, batch.rowCount));
      column.append(codes);
      return [name, column] as const;
    });
    this.columns = new Map(columns);
  }

  dispose(): void {
    this.#scope.dispose();
  }
}

/** All rows, chunk by chunk. */
export function allPoints(columns: PointColumns): readonly PointSlices[] {
  const slices = [...columns].map(([name, column]) => [name, column.slicesFrom(0)] as const);
  const chunks = slices[0]?.[1].length ?? 0;
  return Array.from({ length: chunks }, (_, chunk) =>
    Object.fromEntries(slices.flatMap(([name, list]) => (list[chunk] ? [[name, list[chunk]]] : []))),
  );
}

/**
 * Encodes picking the rows that lie in some cells, so that only they are drawn of a column of millions; their buffers are
 * valid for this submit.
 * @param rowCount How many rows lie there, as counted before.
 */
export function encodePointsInCells(
  commands: CommandList,
  columns: PointColumns,
  cells: CellGrid,
  rowCount: number,
): readonly PointSlices[] {
  const [x, y] = [columns.get('x'), columns.get('y')];
  if (!x || !y || rowCount === 0) return [];
  const range = (first: number, count: number, shift: number) => ({
    low: first * 2 ** shift,
    high: (first + count) * 2 ** shift,
  });
  const selection = {
    x: range(cells.firstColumn ?? 0, cells.columns, cells.shiftX),
    y: range(cells.firstRow ?? 0, cells.rows, cells.shiftY),
  };
  const rows = commands.scratch(rowCount * WORD_BYTES, 'rows in view');
  const count = commands.scratch(WORD_BYTES, 'count of rows in view');
  const pairs = { x: x.slicesFrom(0), y: y.slicesFrom(0) };
  encodeSelectRows(commands, pairs, selection, { rows, count, capacity: rowCount });
  const gathered = [...columns].map(([name, column]) => {
    const buffer = commands.scratch(rowCount * WORD_BYTES, `${name} in view`);
    encodeGatherRows(commands, column.slicesFrom(0), { buffer: rows, endRow: rowCount }, buffer);
    return [name, { buffer, firstRow: 0, endRow: rowCount }] as const;
  });
  return [Object.fromEntries(gathered)];
}

/** Encodes drawing a disc for every row of some slices. */
export function encodeDiscs(
  target: DrawTarget,
  { points }: PlotScene,
  chunks: readonly PointSlices[],
  opacity: number,
): void {
  const colors = points.colors.map(([red, green, blue, alpha]) => [red, green, blue, alpha * opacity] as const);
  for (const { x, y, color, size } of chunks) {
    if (x && y) encodePoints(target, { ...points, colors, x, y, color: color ?? null, size: size ?? null });
  }
}
