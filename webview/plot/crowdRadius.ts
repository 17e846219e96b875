import type { CodeRange } from '#common/plot/codeRange';
import type { ScatterHeader } from '#common/plot/plotData';
import { discsOf } from './plotPlan.ts';
import { wholeCodes } from './view/plotWindow.ts';
import type { ShownPart } from './view/shownPart.ts';

/** What a part of a plot shows, as far as the sizes of its discs depend on it. */
export type DiscView = Pick<ShownPart, 'x' | 'y' | 'areaPx' | 'discCells'>;

/** Of rows that lie one on another, and of rows with room around them. */
const RADIUS_PX = { crowded: 0.75, free: 1.8 } as const;
/** Discs that would be larger hide that their rows lie anywhere in a cell. */
const LARGEST_CELL_PX = 24;

/**
 * The radius in CSS pixels of the discs of many rows, each with a colour of its own: the fewer of them are in view by the
 * window's share of the plot, the larger. Those that stand for cells fill them.
 */
export function crowdRadiusPx(header: ScatterHeader, view: DiscView): number {
  const { crowded, free } = RADIUS_PX;
  const share = shareOf(view.x, wholeCodes(header.x)) * shareOf(view.y, wholeCodes(header.y));
  const ofRows = crowded + (free - crowded) * discsOf(header.drawableCount * share, view.areaPx);
  return Math.max(ofRows, cellPx(view) / 2);
}

/** The side of a square as large as a cell in view; 0 where discs stand for rows. */
function cellPx({ x, y, areaPx, discCells }: DiscView): number {
  if (!discCells) return 0;
  const share = (2 ** discCells.shiftX / lengthOf(x)) * (2 ** discCells.shiftY / lengthOf(y));
  return Math.min(LARGEST_CELL_PX, Math.sqrt(areaPx * share));
}

function shareOf(part: CodeRange, whole: CodeRange): number {
  return Math.min(1, lengthOf(part) / lengthOf(whole));
}

function lengthOf({ low, high }: CodeRange): number {
  return high - low;
}
