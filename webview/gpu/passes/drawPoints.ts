import source, { structs } from '#shaders/drawPoints.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import { structBytes } from '../structBytes.ts';
import { encodeDraw, type DrawTarget, type Rgba } from './drawPass.ts';

const QUAD_VERTICES = 6;
const NO_KEY = 0xffffffff;

/** What discs look like. */
export interface PointStyle {
  /** Radius without a size column, and of its smallest value; radius of its largest value. */
  readonly radiusPx: readonly [small: number, large: number];
  /** Bits dropped from a colour code to find its colour; null gives every disc the first colour. */
  readonly colorShift: number | null;
  /** The last one is that of rows without a value. */
  readonly colors: readonly Rgba[];
}

/** Discs at pairs of codes. */
export interface Points extends PointStyle {
  readonly x: CodeSlice;
  readonly y: CodeSlice;
  readonly color: CodeSlice | null;
  readonly size: CodeSlice | null;
}

/** Encodes drawing one disc per row; rows with FIXED_NULL on either axis are left out. See shaders/drawPoints.wgsl. */
export function encodePoints(target: DrawTarget, points: Points): void {
  const { commands } = target;
  const { x, y, color, size, colors, colorShift } = points;
  const uniform = structBytes(structs['Points'], {
    small_radius_px: points.radiusPx[0],
    large_radius_px: points.radiusPx[1],
    color_shift: color && colorShift !== null ? colorShift : NO_KEY,
    color_count: colors.length,
    has_sizes: size ? 1 : 0,
  });
  encodeDraw(target, {
    program: { label: 'drawPoints', source },
    frameLayout: structs['Frame'],
    dataBuffers: [x, y, color ?? x, size ?? y].map(({ buffer }) => buffer),
    passBuffers: [
      commands.uniform(uniform, 'points'),
      commands.storage(Float32Array.from(colors.flat()), 'point colors'),
    ],
    vertexCount: QUAD_VERTICES,
    instanceCount: x.endRow,
  });
}
