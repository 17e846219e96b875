import source, { structs } from '#shaders/drawDensity.wgsl';
import { structBytes } from '../structBytes.ts';
import { encodeDraw, type DrawTarget } from './drawPass.ts';

/** Colours of a density; also exists in WGSL. */
export const LUT_LENGTH = 256;
const COVERING_TRIANGLE_VERTICES = 3;

/** A count grid to be coloured. */
export interface Density {
  readonly columns: number;
  /** First cell and end of every column of pixels from the left, then of every row from the top. */
  readonly pixelCells: Uint32Array<ArrayBuffer>;
  /** `LUT_LENGTH` colours from few to many, 8 bits a channel, red lowest. */
  readonly colors: Uint32Array<ArrayBuffer>;
  /** One u32 count per cell, row 0 at the bottom, and the extent of these counts. */
  readonly counts: GPUBuffer;
  readonly extent: GPUBuffer;
}

/** Encodes colouring every pixel of the frame; see shaders/drawDensity.wgsl. */
export function encodeDensityImage(target: DrawTarget, density: Density): void {
  const { commands } = target;
  const uniform = structBytes(structs['Cells'], { columns: density.columns });
  encodeDraw(target, {
    program: { label: 'drawDensity', source },
    frameLayout: structs['Frame'],
    dataBuffers: [density.counts, density.extent],
    passBuffers: [
      commands.uniform(uniform, 'cells'),
      commands.storage(density.colors, 'density colors'),
      commands.storage(density.pixelCells, 'pixel cells'),
    ],
    vertexCount: COVERING_TRIANGLE_VERTICES,
    instanceCount: 1,
  });
}
