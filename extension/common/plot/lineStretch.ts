import type { LineHeader } from './plotData.ts';

/** Codes [low, high) of a line's x axis that are asked for in finer cells than the whole line has. */
export interface LineStretch {
  readonly low: number;
  readonly high: number;
  /** Code bits that its cells drop. */
  readonly shift: number;
}

const CODE_COUNT = 2 ** 32;
/** Share of the window's width that a stretch reaches beyond it on either side, so that panning need not ask at once. */
const ROOM = 0.5;

/**
 * What to ask for to show a window with a cell for every pixel; null where the rows that came do so already.
 * @param window Codes of the x axis that are shown.
 */
export function stretchFor(
  { cellShift }: Pick<LineHeader, 'cellShift'>,
  window: Pick<LineStretch, 'low' | 'high'>,
  widthPx: number,
): LineStretch | null {
  const codes = window.high - window.low;
  const shift = Math.max(0, Math.floor(Math.log2(codes / Math.max(1, widthPx))));
  if (cellShift === undefined || shift >= cellShift) return null;
  const room = Math.ceil(codes * ROOM);
  return { low: Math.max(0, window.low - room), high: Math.min(CODE_COUNT, window.high + room), shift };
}

/** Whether a stretch that came shows a window as well as one of `shift` would. */
export function isShownBy(
  stretch: LineStretch | null,
  window: Pick<LineStretch, 'low' | 'high'>,
  shift: number,
): boolean {
  return stretch !== null && stretch.low <= window.low && stretch.high >= window.high && stretch.shift <= shift;
}

/** The whole cells of the whole line that a stretch lies in: its rows take the place of theirs. */
export function cellsAround({ low, high }: LineStretch, cellShift: number): Pick<LineStretch, 'low' | 'high'> {
  const cellCodes = 2 ** cellShift;
  return { low: Math.floor(low / cellCodes) * cellCodes, high: Math.ceil(high / cellCodes) * cellCodes };
}
