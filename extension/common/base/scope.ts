/** Anything that holds a resource until it is disposed; disposing twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** Owns disposables and disposes them, last first; what arrives after disposal is disposed at once. */
export class Scope implements Disposable {
  readonly #owned: Disposable[] = [];
  #isDisposed = false;

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  own<T extends Disposable>(resource: T): T {
    if (this.#isDisposed) resource.dispose();
    else this.#owned.push(resource);
    return resource;
  }

  /** Runs `action` when the scope ends. */
  defer(action: () => void): void {
    this.own({ dispose: action });
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const resource of this.#owned.splice(0).reverse()) resource.dispose();
  }
}
