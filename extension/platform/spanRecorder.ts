import type { Span, SpanSink } from '#common/base/trace';

const MAX_SPANS = 20_000;

/** Keeps the last spans of this window. */
export class SpanRecorder {
  readonly #spans: Span[] = [];

  readonly record: SpanSink = (span) => {
    this.#spans.push(span);
    if (this.#spans.length > MAX_SPANS) this.#spans.splice(0, this.#spans.length - MAX_SPANS);
  };

  /** The oldest first. */
  all(): readonly Span[] {
    return [...this.#spans];
  }
}
