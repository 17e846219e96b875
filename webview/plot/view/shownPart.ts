import type { CellGrid } from '#common/plot/cellGrid';
import { ALL_CODES, type CodeRange } from '#common/plot/codeRange';
import type { PlotHeader } from '#common/plot/plotData';
import type { CountPlan } from '../../gpu/countPlan.ts';
import { cellPlan } from '../cellPlan.ts';
import { cutBins } from '../detail/binDetail.ts';
import { cutCells } from '../detail/cellDetail.ts';
import type { PlotDetail } from '../detail/plotDetail.ts';
import { shows, wantedDetail } from '../detail/wantedDetail.ts';
import type { PlotBatch } from '../plotBatch.ts';
import type { PlotFrame } from '../plotFrame.ts';
import { isZoomed, WHOLE_PLOT, wholeCodes, type AxisName, type PlotWindow } from './plotWindow.ts';
import { innerEdgeCodes, windowEdges } from './windowBins.ts';
import { windowCells } from './windowCells.ts';

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
  /** Cells that discs stand for, where DuckDB put rows together: the finer ones that came last; null for other plots. */
  readonly discCells: Pick<CellGrid, 'shiftX' | 'shiftY'> | null;
  /** What the rows are counted by; null where counts came ready made, for lines, and for the whole plot. */
  readonly recount: CountPlan | null;
  /** What DuckDB counted in this part's bins or cells; null where those of the whole plot are shown, and where rows are counted. */
  readonly given: Uint32Array<ArrayBuffer> | null;
  /** The rows of a part that DuckDB counted, where they are few enough to be drawn one by one. */
  readonly points: PlotBatch | null;
  /** Whether what was made for the whole plot is shown larger, though there could be more detail. */
  readonly isEnlarged: boolean;
}

/** What a window shows of a plot. @param detail What came in more detail than the whole; shown where it is enough. */
export function shownPart(
  header: PlotHeader,
  frame: PlotFrame,
  window: PlotWindow,
  detail: PlotDetail | null = null,
): ShownPart {
  const part = wholePart(header, frame);
  if (!isZoomed(window)) return part;
  const discCells = detail?.kind === 'discs' ? detail.grid : part.discCells;
  const shown = { ...part, window, isZoomed: true, x: window.x ?? part.x, y: window.y ?? part.y, discCells };
  if (header.strategy !== 'columns') return detailedPart(header, frame, shown, detail);
  if (header.plotKind === 'histogram' && window.x) {
    const edges = windowEdges(header, window.x);
    return { ...shown, edges, recount: { kind: 'histogram', edges: innerEdgeCodes(edges, header.x) } };
  }
  if (header.plotKind !== 'scatter') return shown;
  const cells = windowCells(header, frame, shown.x, shown.y);
  return { ...shown, cells, recount: cellPlan(header, cells) };
}

/** All of a plot. */
export function wholePart(header: PlotHeader, frame: PlotFrame | null = null): ShownPart {
  return {
    areaPx: frame ? frame.plot.width * frame.plot.height : 0,
    window: WHOLE_PLOT,
    isZoomed: false,
    x: codesOfAxis(header, 'x'),
    y: codesOfAxis(header, 'y'),
    edges: header.plotKind === 'histogram' ? header.edges : [],
    cells: header.plotKind === 'scatter' ? header.grid : null,
    discCells: header.plotKind === 'scatter' && header.strategy === 'aggregate' ? header.grid : null,
    recount: null,
    given: null,
    points: null,
    isEnlarged: false,
  };
}

function detailedPart(header: PlotHeader, frame: PlotFrame, shown: ShownPart, detail: PlotDetail | null): ShownPart {
  const wanted = wantedDetail(header, frame, shown.window);
  if (!wanted) return shown;
  if (!shows(detail, wanted)) return { ...shown, isEnlarged: true };
  if (wanted.kind === 'cells' && detail?.kind === 'cells') {
    const { cells, words } = cutCells(detail, wanted.shown);
    return { ...shown, cells, given: words, points: detail.points };
  }
  if (wanted.kind === 'bins' && detail?.kind === 'bins') {
    const { edges, counts } = cutBins(detail, wanted.domain);
    return { ...shown, edges, given: counts };
  }
  return shown;
}

function codesOfAxis(header: PlotHeader, name: AxisName): CodeRange {
  return header.plotKind === 'scatter' ? wholeCodes(header[name]) : ALL_CODES;
}
