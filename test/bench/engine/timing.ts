/** Middle and spread of repeated measurements. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Runs `body` and returns how many milliseconds it took. */
export async function timed(body: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await body();
  return performance.now() - startedMs;
}

/** Measures each of several bodies once per round, after a round that is not counted, so that all meet the same machine. */
export async function interleaved<Name extends string>(
  rounds: number,
  bodies: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, readonly number[]>> {
  const names = Object.keys(bodies) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as unknown as Record<Name, number[]>;
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const time = await bodies[name]();
      if (round >= 0) times[name].push(time);
    }
  }
  return times;
}

/** The `share` quantile of values, 0 to 1: the least value that as large a share of them does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Median, least and most. */
export function summary(values: readonly number[]): Summary {
  return { median: quantile(values, 0.5), least: Math.min(...values), most: Math.max(...values) };
}

/** Ratios of measurements of the same rounds. */
export function ratios(own: readonly number[], reference: readonly number[]): readonly number[] {
  return own.map((value, round) => value / (reference[round] ?? NaN));
}
