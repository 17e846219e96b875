import { languages, workspace, type TextDocument, type Uri } from 'vscode';
import { Scope, type Disposable } from '#common/base/scope';
import type { Sessions } from './sessions.ts';
import { sqlFileOf } from './sqlFiles.ts';
import { SqlDiagnostic } from './sqlFixes.ts';

const PAUSE_MS = 250;

/** Lists the faults of SQL that is open in VS Code's text editors in its Problems panel. */
export class SqlDiagnostics implements Disposable {
  readonly #scope = new Scope();
  readonly #faults = this.#scope.own(languages.createDiagnosticCollection('Pika'));
  readonly #waiting = new Map<string, { readonly timer: NodeJS.Timeout; readonly abort: AbortController }>();

  constructor(private readonly sessions: Sessions) {
    this.#scope.own(workspace.onDidOpenTextDocument((document) => this.#checkSoon(document)));
    this.#scope.own(workspace.onDidChangeTextDocument(({ document }) => this.#checkSoon(document)));
    this.#scope.own(workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)));
    this.#scope.own(
      sessions.onDidOpen((session) => session.onDidChangeStatus(() => this.#checkAll(session.store.uri))),
    );
    this.#scope.defer(() => this.#waiting.forEach(stop));
  }

  dispose(): void {
    this.#scope.dispose();
  }

  /** What a query reads has other columns once it ran. */
  #checkAll(owner: { toString(): string }): void {
    for (const document of workspace.textDocuments) {
      if (sqlFileOf(document.uri)?.workspace.toString() === owner.toString()) this.#checkSoon(document);
    }
  }

  #checkSoon(document: TextDocument): void {
    if (!sqlFileOf(document.uri)) return;
    const key = document.uri.toString();
    stop(this.#waiting.get(key));
    const abort = new AbortController();
    const timer = setTimeout(() => void this.#check(document, abort.signal), PAUSE_MS);
    this.#waiting.set(key, { timer, abort });
  }

  async #check(document: TextDocument, signal: AbortSignal): Promise<void> {
    const file = sqlFileOf(document.uri);
    const session = file && this.sessions.find(file.workspace);
    // A text that cannot be checked now, as of a node that is gone, has no faults to show.
    const problems = session ? await session.sql.check(file.nodeId, document.getText(), signal).catch(() => []) : [];
    if (signal.aborted || document.isClosed) return;
    this.#faults.set(
      document.uri,
      problems.map((problem) => new SqlDiagnostic(document, problem)),
    );
  }

  #forget(uri: Uri): void {
    stop(this.#waiting.get(uri.toString()));
    this.#waiting.delete(uri.toString());
    this.#faults.delete(uri);
  }
}

function stop(waiting: { readonly timer: NodeJS.Timeout; readonly abort: AbortController } | undefined): void {
  if (!waiting) return;
  clearTimeout(waiting.timer);
  waiting.abort.abort();
}
