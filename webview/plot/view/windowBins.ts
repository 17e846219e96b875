import { chooseEdges } from '#common/plot/chooseEdges';
import type { CodeRange } from '#common/plot/codeRange';
import { codeDomain, codeOf, edgeCodes, valueOf } from '#common/plot/fixedPoint';
import { FIXED_NULL, type ContinuousAxis, type HistogramHeader } from '#common/plot/plotData';
import { codedOf } from '#common/plot/scaleCoding';

/** The values at both ends of a window on an axis. */
export function shownDomain(axis: ContinuousAxis, { low, high }: CodeRange): readonly [number, number] {
  return [valueOf(low, axis), valueOf(high, axis)];
}

/** The values of a window that a histogram has; null where the window shows none of them. */
export function domainWithin({ x }: HistogramHeader, window: CodeRange): readonly [number, number] | null {
  const [low, high] = shownDomain(x, window);
  const domain = [Math.max(low, x.domain[0]), Math.min(high, x.domain[1])] as const;
  return domain[0] < domain[1] ? domain : null;
}

/** Edges around a window by the rule of the whole histogram; at most `maxbins` bins, by default as many as that has. */
export function windowEdges(
  header: HistogramHeader,
  window: CodeRange,
  maxbins = header.edges.length - 1,
): readonly number[] {
  const domain = domainWithin(header, window);
  return domain ? chooseEdges({ ...header.x, domain }, { bin: { maxbins } }) : header.edges;
}

/**
 * Codes of edges that need not reach to the ends of an axis: the last bin ends before its upper edge, but holds the
 * domain's maximum where it reaches that.
 */
export function innerEdgeCodes(edges: readonly number[], axis: ContinuousAxis): Uint32Array<ArrayBuffer> {
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
