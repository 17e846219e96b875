import type { Span } from './trace.ts';

const MICROSECONDS = 1000;
const PROCESS_ID = 1;

/** Spans in the trace format that Chrome's `about:tracing` and Perfetto read: one row per node or file. */
export function chromeTrace(spans: readonly Span[]): object {
  const subjects = [...new Set(spans.map(({ subject }) => subject))];
  const names = subjects.map((name, i) => ({
    ph: 'M',
    name: 'thread_name',
    pid: PROCESS_ID,
    tid: i + 1,
    args: { name },
  }));
  const events = spans.map(({ name, subject, startMs, durationMs, attributes }) => ({
    ph: 'X',
    name,
    cat: name,
    pid: PROCESS_ID,
    tid: subjects.indexOf(subject) + 1,
    ts: startMs * MICROSECONDS,
    dur: durationMs * MICROSECONDS,
    args: attributes,
  }));
  return { displayTimeUnit: 'ms', traceEvents: [...names, ...events] };
}
