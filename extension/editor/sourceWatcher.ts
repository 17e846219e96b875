import { stat } from 'node:fs/promises';
import { RelativePattern, Uri, workspace, type FileSystemWatcher } from 'vscode';
import { Emitter } from '#common/base/emitter';
import { Scope, type Disposable } from '#common/base/scope';
import type { WatchedSource } from './sessionSources.ts';
import { watchPattern } from './watchPattern.ts';

/** Writers often touch a file several times in a row. */
const SETTLE_MS = 300;

/** Tells which sources' files changed, appeared or vanished on the disk, once per burst. */
export class SourceWatcher implements Disposable {
  readonly #changed = new Emitter<string>();
  readonly #watching = new Map<string, Scope>();

  /** Fires with the id of a source whose data is no longer what was read. */
  readonly onDidChange = this.#changed.event;

  /** Watches exactly these sources, by node id. */
  watch(sources: ReadonlyMap<string, WatchedSource>): void {
    const wanted = new Map([...sources].map(([id, source]) => [JSON.stringify([id, source]), { id, source }]));
    for (const [key, scope] of this.#watching) {
      if (wanted.has(key)) continue;
      scope.dispose();
      this.#watching.delete(key);
    }
    for (const [key, { id, source }] of wanted) {
      if (!this.#watching.has(key)) this.#watching.set(key, this.#start(id, source));
    }
  }

  dispose(): void {
    this.watch(new Map());
    this.#changed.dispose();
  }

  #start(id: string, { files, logs }: WatchedSource): Scope {
    const scope = new Scope();
    let timer: NodeJS.Timeout | undefined;
    scope.defer(() => clearTimeout(timer));
    const settle = () => {
      clearTimeout(timer);
      if (!scope.isDisposed) timer = setTimeout(() => this.#changed.fire(id), SETTLE_MS);
    };
    for (const file of files) {
      const watcher = scope.own(watchFile(file));
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) scope.own(event(settle));
    }
    // When a log goes, the database itself has changed.
    for (const log of logs) {
      const watcher = scope.own(watchFile(log));
      const settleIfFilled = async ({ fsPath }: Uri) => ((await byteLength(fsPath)) > 0 ? settle() : undefined);
      for (const event of [watcher.onDidChange, watcher.onDidCreate])
        scope.own(event((uri) => void settleIfFilled(uri)));
    }
    return scope;
  }
}

function watchFile(path: string): FileSystemWatcher {
  const { folder, pattern } = watchPattern(path);
  return workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), pattern));
}

async function byteLength(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
