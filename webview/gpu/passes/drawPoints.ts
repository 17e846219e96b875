import source, { structs } from '#shaders/drawPoints.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import { structBytes } from '../structBytes.ts';
import { encodeDraw, type DrawTarget, type Rgba } from './drawPass.ts';

const QUAD_VERTICES = 6;

/** Discs at pairs of codes. */
export interface Points {
  readonly radiusPx: number;
  readonly color: Rgba;
  readonly x: CodeSlice;
  readonly y: CodeSlice;
}

/** Encodes drawing one disc per row; rows with FIXED_NULL on either axis are left out. See shaders/drawPoints.wgsl. */
export function encodePoints(target: DrawTarget, points: Points): void {
  const uniform = structBytes(structs['Points'], { radius_px: points.radiusPx, color: points.color });
  encodeDraw(target, {
    program: { label: 'drawPoints', source },
    frameLayout: structs['Frame'],
    dataBuffers: [points.x.buffer, points.y.buffer],
    passBuffers: [target.commands.uniform(uniform, 'points')],
    vertexCount: QUAD_VERTICES,
    instanceCount: points.x.endRow,
  });
}
