import type { Span, SpanName } from '#common/base/trace';

const ORDER: readonly SpanName[] = ['query', 'stream', 'transfer', 'upload', 'kernel', 'draw'];

/** One stage's part of the time, ready to be drawn. */
export interface TimeShare {
  readonly name: SpanName;
  readonly durationMs: number;
  readonly style: { readonly width: string; readonly background: string };
}

/** The time per stage, in the order of the stages; stages that overlap count in full. */
export function timeShares(spans: readonly Span[]): TimeShare[] {
  const sums = ORDER.map((name) => ({
    name,
    durationMs: spans.filter((span) => span.name === name).reduce((sum, { durationMs }) => sum + durationMs, 0),
  })).filter(({ durationMs }) => durationMs > 0);
  const total = sums.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return sums.map(({ name, durationMs }) => ({
    name,
    durationMs,
    style: { width: `${(100 * durationMs) / total}%`, background: `var(--pika-span-${name})` },
  }));
}
