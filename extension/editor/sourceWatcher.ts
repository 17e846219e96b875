import { RelativePattern, Uri, workspace } from 'vscode';
import { Emitter } from '#common/base/emitter';
import { Scope, type Disposable } from '#common/base/scope';
import { watchPattern } from './watchPattern.ts';

/** Writers often touch a file several times in a row. */
const SETTLE_MS = 300;

/** Tells which sources' files changed, appeared or vanished on the disk, once per burst. */
export class SourceWatcher implements Disposable {
  readonly #changed = new Emitter<string>();
  readonly #watching = new Map<string, Scope>();

  /** Fires with the id of a source whose data is no longer what was read. */
  readonly onDidChange = this.#changed.event;

  /** Watches exactly these sources: absolute paths or globs by node id. */
  watch(sources: ReadonlyMap<string, readonly string[]>): void {
    const wanted = new Map([...sources].map(([id, files]) => [JSON.stringify([id, files]), { id, files }]));
    for (const [key, scope] of this.#watching) {
      if (wanted.has(key)) continue;
      scope.dispose();
      this.#watching.delete(key);
    }
    for (const [key, { id, files }] of wanted) {
      if (!this.#watching.has(key)) this.#watching.set(key, this.#start(id, files));
    }
  }

  dispose(): void {
    this.watch(new Map());
    this.#changed.dispose();
  }

  #start(id: string, files: readonly string[]): Scope {
    const scope = new Scope();
    let timer: NodeJS.Timeout | undefined;
    scope.defer(() => clearTimeout(timer));
    const settle = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#changed.fire(id), SETTLE_MS);
    };
    for (const file of files) {
      const { folder, pattern } = watchPattern(file);
      const watcher = scope.own(workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), pattern)));
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) scope.own(event(settle));
    }
    return scope;
  }
}
