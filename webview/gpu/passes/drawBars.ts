import source, { structs } from '#shaders/drawBars.wgsl';
import { structBytes } from '../structBytes.ts';
import { encodeDraw, type DrawTarget, type Rgba } from './drawPass.ts';

const QUAD_VERTICES = 6;

/** Bars standing on the bottom of the surface. */
export interface Bars {
  /** Left and right edge per bar, in device pixels. */
  readonly spansPx: Float32Array<ArrayBuffer>;
  /** Height of a bar that has the largest count. */
  readonly fullHeightPx: number;
  readonly color: Rgba;
  /** One u32 count per bar, and the extent of these counts. */
  readonly counts: GPUBuffer;
  readonly extent: GPUBuffer;
}

/** Encodes drawing one rectangle per count above 0; see shaders/drawBars.wgsl. */
export function encodeBars(target: DrawTarget, bars: Bars): void {
  const { commands } = target;
  const uniform = structBytes(structs['Bars'], { full_height_px: bars.fullHeightPx, color: bars.color });
  encodeDraw(target, {
    program: { label: 'drawBars', source },
    frameLayout: structs['Frame'],
    dataBuffers: [commands.storage(bars.spansPx, 'bar spans'), bars.counts, bars.extent],
    passBuffers: [commands.uniform(uniform, 'bars')],
    vertexCount: QUAD_VERTICES,
    instanceCount: bars.spansPx.length / 2,
  });
}
