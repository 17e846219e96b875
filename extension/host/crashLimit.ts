const WINDOW_MS = 60_000;
const MAX_CRASHES = 3;

/** Counts crashes; too many within a minute mean that starting again is no use. */
export class CrashLimit {
  #crashesMs: number[] = [];

  constructor(private readonly now: () => number) {}

  get isReached(): boolean {
    const since = this.now() - WINDOW_MS;
    return this.#crashesMs.filter((crashMs) => crashMs > since).length >= MAX_CRASHES;
  }

  note(): void {
    this.#crashesMs = [...this.#crashesMs, this.now()].slice(-MAX_CRASHES);
  }

  reset(): void {
    this.#crashesMs = [];
  }
}
