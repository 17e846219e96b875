/** The stages between a question and its picture. */
export type SpanName = 'query' | 'stream' | 'transfer' | 'upload' | 'kernel' | 'draw' | 'export';

/** One finished stage; times are milliseconds of `performance.timeOrigin + performance.now()`. */
export interface Span {
  readonly name: SpanName;
  /** The node or file the work was for. */
  readonly subject: string;
  readonly startMs: number;
  readonly durationMs: number;
  /** Extra facts, such as `rows` or `bytes`. */
  readonly attributes: Readonly<Record<string, number | string>>;
}

/** Receives finished spans. */
export type SpanSink = (span: Span) => void;

interface Clock {
  readonly timeOrigin: number;
  now(): number;
}

/** Measures stages and hands each finished one to its sink. */
export class Tracer {
  readonly #clock: Clock;

  constructor(
    private readonly sink: SpanSink,
    clock: Clock = (globalThis as unknown as { performance: Clock }).performance,
  ) {
    this.#clock = clock;
  }

  /** Starts a span; calling the result ends it, with attributes learned on the way. */
  start(name: SpanName, subject: string): (attributes?: Span['attributes']) => Span {
    const startMs = this.#clock.timeOrigin + this.#clock.now();
    return (attributes = {}) => {
      const durationMs = this.#clock.timeOrigin + this.#clock.now() - startMs;
      const span = { name, subject, startMs, durationMs, attributes };
      this.sink(span);
      return span;
    };
  }

  /** Passes on a span that was measured elsewhere. */
  record(span: Span): void {
    this.sink(span);
  }
}

/** One log line for a span. */
export function formatSpan(span: Span): string {
  const facts = Object.entries(span.attributes).map(([key, value]) => ` ${key}=${value}`);
  return `${span.name} ${span.subject} ${span.durationMs.toFixed(1)} ms${facts.join('')}`;
}
