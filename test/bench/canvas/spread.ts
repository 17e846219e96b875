/** What many measurements of one thing come to. */
export interface Spread {
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Lowest and highest median of the repeats. */
  readonly medians: readonly [number, number];
}

/** Medians over all measurements, and how far the repeats lie apart. */
export function spreadOf(repeats: readonly (readonly number[])[]): Spread {
  const all = repeats.flat();
  const medians = repeats.map((each) => quantile(each, 0.5)).sort((a, b) => a - b);
  return {
    medianMs: quantile(all, 0.5),
    p95Ms: quantile(all, 0.95),
    medians: [medians[0] ?? Number.NaN, medians.at(-1) ?? Number.NaN],
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
