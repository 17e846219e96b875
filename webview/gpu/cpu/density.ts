import { FIXED_NULL, type DensityGrid } from '#common/plot/plotData';

/**
 * Adds the rows per cell to `counts`: cell = (y >> shiftY) * columns + (x >> shiftX), row 0 at the bottom.
 * A row with FIXED_NULL on either axis is skipped. Twin of shaders/density.wgsl.
 */
export function addDensity(x: Uint32Array, y: Uint32Array, grid: DensityGrid, counts: Uint32Array): void {
  const { shiftX, shiftY, columns } = grid;
  for (let row = 0; row < x.length; row += 1) {
    const codeX = x[row] ?? FIXED_NULL;
    const codeY = y[row] ?? FIXED_NULL;
    if (codeX === FIXED_NULL || codeY === FIXED_NULL) continue;
    const cell = (codeY >>> shiftY) * columns + (codeX >>> shiftX);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
}
