import type { BinDetail } from './plotDetail.ts';

/** The bins of a detail that some values of a domain may lie in. */
export function cutBins(
  { edges, counts }: BinDetail,
  [low, high]: readonly [number, number],
): Pick<BinDetail, 'edges' | 'counts'> {
  const first = Math.max(
    0,
    edges.findLastIndex((edge) => edge <= low),
  );
  const after = edges.findIndex((edge) => edge >= high);
  const end = after < 0 ? edges.length - 1 : after;
  return { edges: edges.slice(first, end + 1), counts: counts.slice(first, end) };
}
