import { dirname } from 'node:path';
import { workspace, type Memento } from 'vscode';

const STATE_KEY = 'pika.allowedPaths';
const MAX_REMEMBERED = 200;

/** The paths queries may read: the workspace folders, and what the user picked outside of them, now or earlier in this workspace. */
export class AllowedPaths {
  constructor(
    private readonly memory: Memento,
    private readonly storagePath: string,
    private readonly onDidGrow: (paths: readonly string[]) => void,
  ) {}

  all(): readonly string[] {
    const folders = workspace.workspaceFolders?.map((folder) => folder.uri.fsPath) ?? [];
    return [...new Set([...folders, this.storagePath, ...this.#picked()])];
  }

  /** Lets the engine read what the user picked, now and in later sessions: a file or folder, or the folder of a glob. */
  async allow(paths: readonly string[]): Promise<void> {
    const added = paths.map(withoutGlob);
    const all = [...new Set([...added, ...this.#picked()])].slice(0, MAX_REMEMBERED);
    await this.memory.update(STATE_KEY, all);
    this.onDidGrow(this.all());
  }

  #picked(): readonly string[] {
    return this.memory.get<readonly string[]>(STATE_KEY, []);
  }
}

/** The folder that everything lies in which a glob finds; a path without one as it is. */
function withoutGlob(path: string): string {
  const start = path.search(/[*?[\]]/);
  return start < 0 ? path : dirname(path.slice(0, start + 1));
}
