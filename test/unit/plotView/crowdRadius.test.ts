import { describe, expect, test } from 'vitest';
import type { CellGrid } from '#common/plot/cellGrid';
import type { ScatterHeader } from '#common/plot/plotData';
import { crowdRadiusPx } from '../../../webview/plot/crowdRadius.ts';
import { samplePlots } from '../../support/plotPage/samplePlots.ts';

const AREA_PX = 300 * 200;
const CODES = 2 ** 32;

function headerOf(drawableCount: number): ScatterHeader {
  const header = samplePlots['density']?.().header;
  if (header?.plotKind !== 'scatter') throw new Error('no sample');
  return { ...header, drawableCount };
}

/** The radius where a window shows one part in `zoom` of each axis. */
function radiusAt(rows: number, zoom: number, discCells: Pick<CellGrid, 'shiftX' | 'shiftY'> | null = null): number {
  const side = { low: CODES / 4, high: CODES / 4 + CODES / zoom };
  return crowdRadiusPx(headerOf(rows), { x: side, y: side, areaPx: AREA_PX, discCells });
}

describe('the discs of many rows with colours', () => {
  test('are small in a crowd, and grow with every step that leaves fewer of them in view', () => {
    const radii = [1, 2, 4, 6, 8, 16, 64].map((zoom) => radiusAt(200_000, zoom));
    expect(radii).toEqual(radii.toSorted((one, other) => one - other));
    expect([radii[0], radii.at(-1)]).toEqual([0.75, 1.8]);
  });
  test('are as large as those of a plot of few rows once as few are in view', () => {
    expect(radiusAt(256 * 2000, 16)).toBe(radiusAt(2000, 1));
  });
  test('fill the cells they stand for while no finer ones are there', () => {
    // 256 cells along each axis, of which a window shows 16.
    const cells = { shiftX: 24, shiftY: 24 };
    expect(radiusAt(1e7, 16, cells)).toBeCloseTo(Math.sqrt(AREA_PX) / 16 / 2, 6);
    const finer = { shiftX: 20, shiftY: 20 };
    expect(radiusAt(1e7, 16, finer)).toBe(radiusAt(1e7, 16));
  });
});
