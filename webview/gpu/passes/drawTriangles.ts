import source, { structs } from '#shaders/drawTriangles.wgsl';
import { encodeDraw, type DrawTarget, type Rgba } from './drawPass.ts';

/** Filled triangles: six numbers of device pixels and one colour each. */
export interface Triangles {
  readonly cornersPx: readonly number[];
  readonly colors: readonly Rgba[];
}

/** Encodes drawing triangles in their order; see shaders/drawTriangles.wgsl. */
export function encodeTriangles(target: DrawTarget, { cornersPx, colors }: Triangles): void {
  if (colors.length === 0) return;
  const { commands } = target;
  encodeDraw(target, {
    program: { label: 'drawTriangles', source },
    frameLayout: structs['Frame'],
    dataBuffers: [commands.storage(Float32Array.from(cornersPx), 'triangle corners')],
    passBuffers: [commands.storage(Float32Array.from(colors.flat()), 'triangle colors')],
    vertexCount: cornersPx.length / 2,
    instanceCount: 1,
  });
}
