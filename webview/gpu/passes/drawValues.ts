import source, { structs } from '#shaders/drawValues.wgsl';
import { structBytes } from '../structBytes.ts';
import { COVERING_TRIANGLE_VERTICES, type CellImage } from './drawDensity.ts';
import { encodeDraw, type DrawTarget } from './drawPass.ts';

/** A grid of values to be coloured. */
export interface ValueImage extends CellImage {
  /** One word per cell, see shaders/cellValues.wgsl, and the extent of these words. */
  readonly values: GPUBuffer;
  readonly extent: GPUBuffer;
  /** Whether values are floats; codes otherwise. */
  readonly areFloats: boolean;
}

/** Encodes colouring every pixel of the frame by the value of its cell; see shaders/drawValues.wgsl. */
export function encodeValueImage(target: DrawTarget, image: ValueImage): void {
  const { commands } = target;
  const cells = structBytes(structs['Cells'], { columns: image.columns, opacity: image.opacity });
  const kind = structBytes(structs['Values'], { are_floats: image.areFloats ? 1 : 0 });
  encodeDraw(target, {
    program: { label: 'drawValues', source },
    frameLayout: structs['Frame'],
    dataBuffers: [image.values, image.extent],
    passBuffers: [
      commands.uniform(cells, 'cells'),
      commands.storage(image.colors, 'value colors'),
      commands.storage(image.pixelCells, 'pixel cells'),
      commands.uniform(kind, 'kind of values'),
    ],
    vertexCount: COVERING_TRIANGLE_VERTICES,
    instanceCount: 1,
  });
}
