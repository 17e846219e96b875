import type { CellGrid } from '#common/plot/cellGrid';
import type { CodeRange } from '#common/plot/codeRange';
import type { DetailQuestion } from '#common/plot/detailQuestion';
import { isShownBy, stretchFor, type LineStretch } from '#common/plot/lineStretch';
import type { HistogramHeader, PlotHeader, ScatterHeader } from '#common/plot/plotData';
import { codedOf, type AxisScaleType } from '#common/plot/scaleCoding';
import type { PlotFrame } from '../plotFrame.ts';
import { isStyled } from '../plotPlan.ts';
import { isZoomed, wholeCodes, type PlotWindow } from '../view/plotWindow.ts';
import { domainWithin, innerEdgeCodes, windowEdges } from '../view/windowBins.ts';
import { windowCells } from '../view/windowCells.ts';
import { alignedWith, covers, isFiner, withRoom } from './cellDetail.ts';
import type { PlotDetail } from './plotDetail.ts';

/** What a window wants of an aggregated plot beyond what the whole came in, and what is asked for to have it. */
export type WantedDetail =
  | { readonly kind: 'line'; readonly window: CodeRange; readonly stretch: LineStretch }
  | { readonly kind: 'cells' | 'discs'; readonly shown: CellGrid; readonly asked: CellGrid; readonly areaPx: number }
  | {
      readonly kind: 'bins';
      /** Values that bars have to stand for. */
      readonly domain: readonly [number, number];
      readonly edges: readonly number[];
      readonly thresholds: Uint32Array<ArrayBuffer>;
      readonly scale: AxisScaleType | undefined;
    };

/** Share of a window's width that is asked for on either side of it, so that panning need not ask at once. */
const ROOM = 0.25;
/** Share of a window's width from which on what lies beside it is asked for ahead. */
const LEAST_ROOM = 0.1;
/** Bins that are wider than those of the rule by this factor are replaced. */
const WIDER = 1.25;

/**
 * What a window wants; null where the whole plot as it came tells every pixel, or cannot be told in more detail.
 * @param lineScale Pixels of a line per CSS pixel.
 */
export function wantedDetail(
  header: PlotHeader,
  frame: PlotFrame,
  window: PlotWindow,
  lineScale = 1,
): WantedDetail | null {
  if (header.strategy === 'columns' || !isZoomed(window)) return null;
  switch (header.plotKind) {
    case 'line': {
      const stretch = window.x && stretchFor(header, window.x, frame.plot.width * lineScale);
      return window.x && stretch && { kind: 'line', window: window.x, stretch };
    }
    case 'scatter':
      return wantedCells(header, frame, window);
    case 'histogram':
      return window.x && wantedBins(header, window.x);
    case 'bars':
    case 'groups':
      return null;
  }
}

/** What has to be asked of DuckDB. */
export function questionOf(wanted: WantedDetail): DetailQuestion {
  switch (wanted.kind) {
    case 'line':
      return { kind: 'line', stretch: wanted.stretch };
    case 'cells':
    case 'discs':
      return { kind: 'cells', grid: wanted.asked };
    case 'bins':
      return { kind: 'bins', thresholds: [...wanted.thresholds] };
  }
}

/** Whether a detail shows all of a window as finely as is wanted. */
export function shows(detail: PlotDetail | null, wanted: WantedDetail): boolean {
  switch (wanted.kind) {
    case 'line':
      return detail?.kind === 'line' && isShownBy(detail.stretch, wanted.window, wanted.stretch.shift);
    case 'cells':
    case 'discs':
      return detail?.kind === wanted.kind && covers(detail.grid, wanted.shown);
    case 'bins':
      return detail?.kind === 'bins' && isAround(detail.edges, wanted.domain) && isAsNarrow(detail.edges, wanted);
  }
}

/** Whether a detail also shows what a gesture is about to bring into view. */
export function isEnough(detail: PlotDetail | null, wanted: WantedDetail): boolean {
  const isCells = wanted.kind === 'cells' || wanted.kind === 'discs';
  return shows(detail, isCells ? { ...wanted, shown: withRoom(wanted.shown, LEAST_ROOM) } : wanted);
}

/** Whether a detail has bins everywhere in a domain. */
export function isAround(edges: readonly number[], [low, high]: readonly [number, number]): boolean {
  return (edges[0] ?? Infinity) <= low && (edges.at(-1) ?? -Infinity) >= high;
}

function wantedCells(header: ScatterHeader, frame: PlotFrame, window: PlotWindow): WantedDetail | null {
  const shown = windowCells(header, frame, window.x ?? wholeCodes(header.x), window.y ?? wholeCodes(header.y));
  if (!isFiner(shown, header.grid)) return null;
  const asked = withRoom(shown, ROOM);
  const areaPx = frame.plot.width * frame.plot.height;
  if (isStyled(header)) return { kind: 'discs', shown, asked: alignedWith(asked, header.grid), areaPx };
  return { kind: 'cells', shown, asked, areaPx };
}

function wantedBins(header: HistogramHeader, window: CodeRange): WantedDetail | null {
  const domain = domainWithin(header, window);
  const room = ROOM * (window.high - window.low);
  const around = { low: window.low - room, high: window.high + room };
  if (!domain) return null;
  const edges = windowEdges(header, around, Math.ceil((header.edges.length - 1) * (1 + 2 * ROOM)));
  const { scale } = header.x;
  if (isAsNarrow(header.edges, { edges, scale })) return null;
  return { kind: 'bins', domain, edges, thresholds: innerEdgeCodes(edges, header.x), scale };
}

type ScaledEdges = Pick<Extract<WantedDetail, { kind: 'bins' }>, 'edges' | 'scale'>;

function isAsNarrow(edges: readonly number[], { edges: others, scale }: ScaledEdges): boolean {
  return meanWidth({ edges, scale }) <= WIDER * meanWidth({ edges: others, scale });
}

/** In the units that are coded. */
function meanWidth({ edges, scale }: ScaledEdges): number {
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0].map((edge) => codedOf(edge, scale));
  return ((high ?? 0) - (low ?? 0)) / Math.max(1, edges.length - 1);
}
