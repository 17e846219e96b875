import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Emitter } from '#common/base/emitter';
import type { Disposable } from '#common/base/scope';
import { parseKeptIndex, type KeptBytes, type KeptIndex } from './keptIndex.ts';

const INDEX_FILE = 'index.json';
const PRIVATE_FOLDER = { recursive: true, mode: 0o700 } as const;
const PRIVATE_FILE = { mode: 0o600 } as const;
const NAME_LENGTH = 32;
/** Another window may be about to write the index that names a younger file. */
const ORPHAN_AFTER_MS = 10 * 60 * 1000;

/** Where results are kept, and how much room all of them may take. */
export interface ResultStoreOptions {
  readonly folder: string;
  maxBytes(): number;
  /** Versions of Pika and DuckDB: what others made is not shown as theirs. */
  readonly madeBy: string;
}

/**
 * Results of documents on the disk: one folder per document, with an index and files of bytes.
 *
 * Bytes are written first and the index is renamed into place after them, so it never names what is not there; the documents
 * that were opened longest ago are forgotten first.
 */
export class ResultStore implements Disposable {
  readonly #cleared = new Emitter<void>();
  readonly #held = new Set<Promise<unknown>>();
  #last: Promise<unknown> = Promise.resolve();

  /** Everything that was kept is gone. */
  readonly onDidClear = this.#cleared.event;

  constructor(private readonly options: ResultStoreOptions) {}

  get madeBy(): string {
    return this.options.madeBy;
  }

  /** What was kept of a document, or null; counts as its use. */
  async readIndex(uri: string): Promise<KeptIndex | null> {
    const path = join(this.#folder(uri), INDEX_FILE);
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) return null;
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return parseKeptIndex(text);
  }

  /** The parts of kept bytes; null when they are gone or damaged. */
  async readBytes(uri: string, { file, byteLengths }: KeptBytes): Promise<readonly Uint8Array[] | null> {
    const bytes = await readFile(join(this.#folder(uri), file)).catch(() => null);
    if (bytes?.byteLength !== byteLengths.reduce((sum, length) => sum + length, 0)) return null;
    let offset = 0;
    return byteLengths.map((length) => new Uint8Array(bytes.subarray(offset, (offset += length))));
  }

  /** Writes bytes that a later index names. */
  async writeBytes(uri: string, parts: readonly Uint8Array[]): Promise<KeptBytes> {
    const folder = this.#folder(uri);
    const file = `${randomUUID()}.bin`;
    await mkdir(folder, PRIVATE_FOLDER);
    await writeFile(join(folder, file), Buffer.concat(parts), PRIVATE_FILE);
    return { file, byteLengths: parts.map(({ byteLength }) => byteLength) };
  }

  /** Replaces a document's index, removes the bytes it does not name, and makes room for it among the other documents. */
  writeIndex(uri: string, index: KeptIndex): Promise<void> {
    return this.#afterOthers(async () => {
      const folder = this.#folder(uri);
      await mkdir(folder, PRIVATE_FOLDER);
      const part = join(folder, `${randomUUID()}.part`);
      await writeFile(part, JSON.stringify(index), PRIVATE_FILE);
      await rename(part, join(folder, INDEX_FILE));
      const named = Object.values(index.nodes).flatMap(({ page, plot }) => [page?.bytes.file, plot?.bytes.file]);
      await this.#sweep(folder, new Set([INDEX_FILE, ...named]));
      await this.#makeRoom();
    });
  }

  /** Removes bytes that no index names any more. */
  async removeBytes(uri: string, { file }: KeptBytes): Promise<void> {
    await rm(join(this.#folder(uri), file), { force: true });
  }

  /** Forgets every document. @returns How much room that made, in bytes. */
  clear(): Promise<number> {
    return this.#afterOthers(async () => {
      const byteLength = (await this.#documents()).reduce((sum, each) => sum + each.byteLength, 0);
      await rm(this.options.folder, { recursive: true, force: true });
      this.#cleared.fire();
      return byteLength;
    });
  }

  /** Has `settle` wait for work that ends in a writing. */
  hold(work: Promise<unknown>): void {
    const held = work.catch(() => undefined).finally(() => this.#held.delete(held));
    this.#held.add(held);
  }

  /** Resolves when what was asked for before is on the disk. */
  async settle(): Promise<void> {
    await Promise.all(this.#held);
    await this.#last;
  }

  dispose(): void {
    this.#cleared.dispose();
  }

  #folder(uri: string): string {
    return join(this.options.folder, createHash('sha256').update(uri).digest('hex').slice(0, NAME_LENGTH));
  }

  #afterOthers<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #sweep(folder: string, named: ReadonlySet<string | undefined>): Promise<void> {
    for (const name of await readdir(folder)) {
      if (named.has(name)) continue;
      const path = join(folder, name);
      const modifiedMs = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => null,
      );
      if (modifiedMs !== null && Date.now() - modifiedMs > ORPHAN_AFTER_MS) await rm(path, { force: true });
    }
  }

  async #makeRoom(): Promise<void> {
    const documents = (await this.#documents()).toSorted((left, right) => right.usedMs - left.usedMs);
    let byteLength = 0;
    for (const document of documents) {
      byteLength += document.byteLength;
      if (byteLength > this.options.maxBytes()) await rm(document.folder, { recursive: true, force: true });
    }
  }

  async #documents(): Promise<readonly { folder: string; byteLength: number; usedMs: number }[]> {
    const names = await readdir(this.options.folder).catch(() => []);
    return Promise.all(names.map((name) => measure(join(this.options.folder, name))));
  }
}

async function measure(folder: string): Promise<{ folder: string; byteLength: number; usedMs: number }> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const usedMs = await stat(join(folder, INDEX_FILE)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return { folder, byteLength: sizes.reduce((sum, size) => sum + size, 0), usedMs };
}
