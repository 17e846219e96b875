import { commands, l10n, ProgressLocation, window } from 'vscode';
import { Scope, type Disposable } from '#common/base/scope';
import type { DocumentSession } from './documentSession.ts';
import { describeWork, percent, RunningWork, type RunningNode } from './runningWork.ts';

/** Work shorter than this is never announced. */
const ANNOUNCED_AFTER_MS = 300;

/** Shows what the open documents run: in the status bar, as a context key, and imports as notifications that can cancel them. */
export class WorkReporter {
  readonly #sessions = new Map<DocumentSession, RunningWork>();

  constructor(private readonly showWork: (work: string | null) => void) {}

  /** Reports a session until the result is disposed. */
  watch(session: DocumentSession): Disposable {
    const scope = new Scope();
    const work = new RunningWork();
    const imports = new Set<string>();
    this.#sessions.set(session, work);
    scope.own(
      session.onDidChangeStatus((status) => {
        if (!work.note(status)) return;
        this.#show();
        for (const node of work.nodes) {
          if (!node.isImport || imports.has(node.id)) continue;
          imports.add(node.id);
          void this.#announceImport(session, work, node).finally(() => imports.delete(node.id));
        }
      }),
    );
    scope.defer(() => {
      this.#sessions.delete(session);
      this.#show();
    });
    return scope;
  }

  #show(): void {
    const nodes = [...this.#sessions.values()].flatMap((work) => work.nodes);
    void commands.executeCommand('setContext', 'pika.queryRunning', nodes.length > 0);
    this.showWork(describeWork(nodes));
  }

  async #announceImport(session: DocumentSession, work: RunningWork, { id }: RunningNode): Promise<void> {
    const current = () => work.nodes.find((node) => node.id === id && node.isImport);
    await new Promise((resolve) => setTimeout(resolve, ANNOUNCED_AFTER_MS));
    if (!current() || !this.#sessions.has(session)) return;
    const options = { location: ProgressLocation.Notification, cancellable: true, title: l10n.t('Importing {0}', id) };
    await window.withProgress(options, (progress, token) => {
      const watching = new Scope();
      token.onCancellationRequested(() => session.runs.cancel(id));
      return new Promise<void>((resolve) => {
        let shown = 0;
        const step = () => {
          const node = current();
          if (!node || !this.#sessions.has(session)) {
            watching.dispose();
            resolve();
            return;
          }
          const reached = (node.fraction ?? 0) * 100;
          progress.report({ increment: Math.max(0, reached - shown), message: percent(node.fraction ?? 0) });
          shown = Math.max(shown, reached);
        };
        watching.own(session.onDidChangeStatus(step));
        watching.own(session.onDidEnd(step));
        step();
      });
    });
  }
}
