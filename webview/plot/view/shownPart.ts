import { chooseEdges } from '#common/plot/chooseEdges';
import { densityGrid, finestShift } from '#common/plot/densityGrid';
import { codeDomain, codeOf, edgeCodes, valueOf } from '#common/plot/fixedPoint';
import {
  FIXED_NULL,
  type ContinuousAxis,
  type DensityGrid,
  type HistogramHeader,
  type PlotHeader,
} from '#common/plot/plotData';
import { codedOf } from '#common/plot/scaleCoding';
import { cellsWithin, type CellGrid } from '../../gpu/cellGrid.ts';
import { ALL_CODES, type CodeRange } from '../../gpu/codeRange.ts';
import type { CountPlan } from '../../gpu/countPlan.ts';
import { cellPlan } from '../cellPlan.ts';
import type { PlotFrame } from '../plotFrame.ts';
import { isZoomed, WHOLE_PLOT, type PlotWindow } from './plotWindow.ts';

/** The part of a plot that a window shows, and what is counted for it. */
export interface ShownPart {
  readonly window: PlotWindow;
  readonly isZoomed: boolean;
  /** Size of the plot in CSS pixels; 0 where it has none yet. */
  readonly areaPx: number;
  /** Codes across the data rectangle of a scatter or a line. */
  readonly x: CodeRange;
  readonly y: CodeRange;
  /** Edges of a histogram's bars in data units. */
  readonly edges: readonly number[];
  /** Cells of a scatter. */
  readonly cells: CellGrid | null;
  /** What the rows are counted by; null where counts came ready made, for lines, and for the whole plot. */
  readonly recount: CountPlan | null;
}

/** What a window shows of a plot; cells also fill the room around the data rectangle. */
export function shownPart(header: PlotHeader, frame: PlotFrame, window: PlotWindow): ShownPart {
  const part = wholePart(header, frame);
  if (!isZoomed(window)) return part;
  const shown = { ...part, window, isZoomed: true, x: window.x ?? ALL_CODES, y: window.y ?? ALL_CODES };
  if (header.strategy !== 'columns') return shown;
  if (header.plotKind === 'histogram' && window.x) {
    const edges = finerEdges(header, window.x);
    return { ...shown, edges, recount: { kind: 'histogram', edges: innerEdgeCodes(edges, header.x) } };
  }
  if (header.plotKind !== 'scatter') return shown;
  const finest = { shiftX: finestShift(header.x), shiftY: finestShift(header.y) };
  const cells = cellsWithin(...codesOfPlot(frame, shown), mostCells(frame, header.grid), finest);
  return { ...shown, cells, recount: cellPlan(header, cells) };
}

/** A zoomed plot may have a cell a pixel, also where whole numbers make the cells of the whole plot wider. */
function mostCells({ plot }: PlotFrame, grid: DensityGrid): DensityGrid {
  const { columns, rows } = densityGrid(plot.width, plot.height);
  return { ...grid, columns: Math.max(columns, grid.columns), rows: Math.max(rows, grid.rows) };
}

/** All of a plot. */
export function wholePart(header: PlotHeader, frame: PlotFrame | null = null): ShownPart {
  return {
    areaPx: frame ? frame.plot.width * frame.plot.height : 0,
    window: WHOLE_PLOT,
    isZoomed: false,
    x: ALL_CODES,
    y: ALL_CODES,
    edges: header.plotKind === 'histogram' ? header.edges : [],
    cells: header.plotKind === 'scatter' ? header.grid : null,
    recount: null,
  };
}

/** The values at both ends of a window on an axis. */
export function shownDomain(axis: ContinuousAxis, { low, high }: CodeRange): readonly [number, number] {
  return [valueOf(low, axis), valueOf(high, axis)];
}

/** The codes that the whole canvas covers, its room around the data rectangle included. */
function codesOfPlot({ plot, data }: PlotFrame, { x, y }: Pick<ShownPart, 'x' | 'y'>): [CodeRange, CodeRange] {
  return [widened(x, (data.left - plot.left) / data.width), widened(y, (data.top - plot.top) / data.height)];
}

function widened({ low, high }: CodeRange, share: number): CodeRange {
  const room = share * (high - low);
  return {
    low: Math.max(ALL_CODES.low, Math.floor(low - room)),
    high: Math.min(ALL_CODES.high, Math.ceil(high + room)),
  };
}

/** Edges around a window by the rule of the whole plot, as many as that has. */
function finerEdges({ x, edges }: HistogramHeader, window: CodeRange): readonly number[] {
  const [low, high] = shownDomain(x, window);
  const domain = [Math.max(low, x.domain[0]), Math.min(high, x.domain[1])] as const;
  if (domain[0] >= domain[1]) return edges;
  return chooseEdges({ ...x, domain }, { bin: { maxbins: edges.length - 1 } });
}

/**
 * Codes of edges that need not reach to the ends of an axis: the last bin ends before its upper edge, but holds the
 * domain's maximum where it reaches that.
 */
function innerEdgeCodes(edges: readonly number[], axis: ContinuousAxis): Uint32Array<ArrayBuffer> {
  const codes = edgeCodes(edges, axis);
  const domain = codeDomain(axis);
  const coded = (edge: number) => codedOf(edge, axis.scale);
  const last = edges.length - 1;
  codes[0] = codeOf(coded(edges[0] ?? 0), domain);
  const end = coded(edges[last] ?? 0);
  codes[last] =
    end > domain[1] ? FIXED_NULL : Math.max(codes[last - 1] ?? 0, codeOf(end, domain) - (end < domain[1] ? 1 : 0));
  return codes;
}
