import source, { structs } from '#shaders/drawDensity.wgsl';
import { structBytes } from '../structBytes.ts';
import { encodeDraw, type DrawTarget } from './drawPass.ts';

/** Colours of a density; also exists in WGSL. */
export const LUT_LENGTH = 256;
/** One triangle covers the surface. */
export const COVERING_TRIANGLE_VERTICES = 3;

/** A grid of cells to be coloured. */
export interface CellImage {
  readonly columns: number;
  /** 0 to 1. */
  readonly opacity: number;
  /** First cell and end of every column of pixels from the left, then of every row from the top. */
  readonly pixelCells: Uint32Array<ArrayBuffer>;
  /** `LUT_LENGTH` colours from low to high, 8 bits a channel, red lowest. */
  readonly colors: Uint32Array<ArrayBuffer>;
}

/** A count grid to be coloured. */
export interface Density extends CellImage {
  /** One u32 count per cell, row 0 at the bottom, and the extent of these counts. */
  readonly counts: GPUBuffer;
  readonly extent: GPUBuffer;
}

/** Encodes colouring every pixel of the frame; see shaders/drawDensity.wgsl. */
export function encodeDensityImage(target: DrawTarget, density: Density): void {
  const { commands } = target;
  const uniform = structBytes(structs['Cells'], { columns: density.columns, opacity: density.opacity });
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
