import type { RowsPage } from '#common/protocol/webviewContract';

const MAX_BYTES = 16 * 2 ** 20;

/** Pages of tables that were read, so that a card that comes back asks nobody; those seen last stay, up to 16 MiB. */
export class PageCache {
  readonly #pages = new Map<string, RowsPage>();
  #byteLength = 0;

  constructor(private readonly maxBytes = MAX_BYTES) {}

  /** The page under a key, read where it is not kept; one of another run than `generation` is given but not kept. */
  async read(key: string, generation: number, load: () => Promise<RowsPage>): Promise<RowsPage> {
    const kept = this.#pages.get(key);
    if (kept?.generation === generation) {
      this.#pages.delete(key);
      this.#pages.set(key, kept);
      return kept;
    }
    const page = await load();
    if (page.generation === generation) this.#keep(key, page);
    return page;
  }

  #keep(key: string, page: RowsPage): void {
    this.#forget(key);
    if (page.ipc.byteLength > this.maxBytes) return;
    this.#pages.set(key, page);
    this.#byteLength += page.ipc.byteLength;
    for (const oldest of this.#pages.keys()) {
      if (this.#byteLength <= this.maxBytes) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#byteLength -= this.#pages.get(key)?.ipc.byteLength ?? 0;
    this.#pages.delete(key);
  }
}
