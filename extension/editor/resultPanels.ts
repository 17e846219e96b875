import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { l10n, Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import { Scope, type Disposable } from '#common/base/scope';
import type { PikaDocument } from '#common/document/pikaDocument';
import { writeDocument } from '#common/document/writeDocument';
import { QueryResultStore, RESULT_SCHEME } from './documentStore.ts';
import type { Sessions } from './sessions.ts';
import { startWebview } from './workspaceEditor.ts';

/** View type of the panels that show a query's result. */
export const RESULT_VIEW_TYPE = 'pika.queryResult';

/** The panels in which queries show their results while no workspace is open. */
export class ResultPanels implements Disposable {
  readonly #scope = new Scope();
  readonly #panels = new Map<string, WebviewPanel>();

  constructor(
    private readonly extensionUri: Uri,
    private readonly sessions: Sessions,
  ) {
    this.#scope.defer(() => {
      for (const panel of this.#panels.values()) panel.dispose();
    });
  }

  /** Opens a panel on a document of its own. @returns The document's address. */
  open(document: PikaDocument, folder: string): Uri {
    const address = { scheme: RESULT_SCHEME, query: randomUUID() };
    const uri = Uri.file(join(folder, 'result')).with(address);
    const panel = window.createWebviewPanel(RESULT_VIEW_TYPE, l10n.t('Query Result'), ViewColumn.Active);
    this.#panels.set(uri.toString(), panel);
    panel.onDidDispose(() => this.#panels.delete(uri.toString()));
    startWebview(panel, this.extensionUri);
    this.sessions.attach(uri, panel, () => new QueryResultStore(uri, folder, writeDocument(document)));
    return uri;
  }

  /** The column of the editor area that a document's panel is in. */
  columnOf(uri: { toString(): string }): ViewColumn {
    return this.#panels.get(uri.toString())?.viewColumn ?? ViewColumn.Active;
  }

  /** Closes the panel of a document. */
  close(uri: { toString(): string }): void {
    this.#panels.get(uri.toString())?.dispose();
  }

  dispose(): void {
    this.#scope.dispose();
  }
}
