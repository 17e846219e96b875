import source, { structs } from '#shaders/drawLine.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import { structBytes } from '../structBytes.ts';
import { encodeDraw, type DrawTarget, type Rgba } from './drawPass.ts';

const QUAD_VERTICES = 6;

/** Lines through rows in drawing order, one per series. */
export interface Line {
  readonly widthPx: number;
  /** Of a point that no line runs to. */
  readonly dotPx: number;
  /** Colour per series code, repeated when there are more series. */
  readonly colors: readonly Rgba[];
  readonly x: CodeSlice;
  readonly y: CodeSlice;
  readonly series: CodeSlice;
  /** The rows that are drawn. */
  readonly firstRow: number;
  readonly endRow: number;
}

/** Encodes drawing thick lines with round joins; FIXED_NULL is a gap. See shaders/drawLine.wgsl. */
export function encodeLine(target: DrawTarget, line: Line): void {
  const { commands } = target;
  const uniform = structBytes(structs['Line'], {
    first_row: line.firstRow,
    end_row: line.endRow,
    color_count: line.colors.length,
    half_width_px: line.widthPx / 2,
    dot_half_width_px: line.dotPx / 2,
  });
  encodeDraw(target, {
    program: { label: 'drawLine', source },
    frameLayout: structs['Frame'],
    dataBuffers: [line.x.buffer, line.y.buffer, line.series.buffer],
    passBuffers: [
      commands.uniform(uniform, 'line'),
      commands.storage(Float32Array.from(line.colors.flat()), 'line colors'),
    ],
    vertexCount: QUAD_VERTICES,
    firstInstance: line.firstRow,
    instanceCount: line.endRow - line.firstRow,
  });
}
