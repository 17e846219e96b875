import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import { formatBytes } from '#common/base/formatBytes';
import type { ExportProgress } from '#common/protocol/exportContract';

/** Ends an export that becomes larger than it may. */
export class SizeLimit implements Disposable {
  readonly #controller = new AbortController();
  readonly #onAbort = () => this.#controller.abort();
  #isReached = false;

  constructor(
    private readonly maxBytes: number,
    private readonly running: AbortSignal,
  ) {
    if (running.aborted) this.#onAbort();
    running.addEventListener('abort', this.#onAbort);
  }

  /** Aborts when the export is cancelled or too large. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  /** Looks at the progress on its way. */
  watch(report: (progress: ExportProgress) => void): (progress: ExportProgress) => void {
    return (progress) => {
      if (progress.byteLength > this.maxBytes) this.#reach();
      report(progress);
    };
  }

  error(): PikaError {
    return new PikaError('export-refused', `This is more than ${formatBytes(this.maxBytes)} of text.`, {
      hint: 'Export it to a file instead.',
    });
  }

  dispose(): void {
    this.running.removeEventListener('abort', this.#onAbort);
  }

  #reach(): void {
    this.#isReached = true;
    this.#controller.abort();
  }
}
