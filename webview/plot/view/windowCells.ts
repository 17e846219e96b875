import { cellsWithin, type CellGrid } from '#common/plot/cellGrid';
import { ALL_CODES, type CodeRange } from '#common/plot/codeRange';
import { densityGrid, finestShift } from '#common/plot/densityGrid';
import type { ContinuousAxis, DensityGrid, ScatterHeader } from '#common/plot/plotData';
import type { PlotFrame } from '../plotFrame.ts';
import { wholeCodes } from './plotWindow.ts';

/** The cells of a window of a scatter; they also fill the room around the data rectangle. */
export function windowCells(header: ScatterHeader, frame: PlotFrame, x: CodeRange, y: CodeRange): CellGrid {
  const finest = { shiftX: finestShift(header.x), shiftY: finestShift(header.y) };
  const { plot, data } = frame;
  const across = widened(x, (data.left - plot.left) / data.width);
  const up = widened(y, (data.top - plot.top) / data.height);
  return cellsWithin(across, up, mostCells(frame, header), finest);
}

/** A zoomed plot may have a cell a pixel, also where even values make the cells of the whole plot wider. */
function mostCells({ plot }: PlotFrame, { grid, x, y }: ScatterHeader): DensityGrid {
  const { columns, rows } = densityGrid(plot.width, plot.height);
  const shown = (axis: ContinuousAxis, shift: number) => Math.ceil(wholeCodes(axis).high / 2 ** shift);
  return { ...grid, columns: Math.max(columns, shown(x, grid.shiftX)), rows: Math.max(rows, shown(y, grid.shiftY)) };
}

function widened({ low, high }: CodeRange, share: number): CodeRange {
  const room = share * (high - low);
  return {
    low: Math.max(ALL_CODES.low, Math.floor(low - room)),
    high: Math.min(ALL_CODES.high, Math.ceil(high + room)),
  };
}
