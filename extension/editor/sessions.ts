import { dirname } from 'node:path';
import { workspace, type Uri, type WebviewPanel } from 'vscode';
import { Emitter } from '#common/base/emitter';
import { PikaError } from '#common/base/pikaError';
import { Scope, type Disposable } from '#common/base/scope';
import type { UriLike } from '#common/protocol/api';
import { DocumentSession } from './documentSession.ts';
import type { DocumentStore } from './documentStore.ts';
import { PanelConnection, type PanelServices } from './panelConnection.ts';
import type { SessionServices } from './sessionServices.ts';
import type { WorkReporter } from './workReporter.ts';

interface OpenSession {
  readonly session: DocumentSession;
  readonly panels: Set<PanelConnection>;
  readonly settled: Emitter<void>;
  readonly reported: Disposable;
}

/** How long after closing a document a new one with the same text counts as its *Save As* copy. */
const SAVE_AS_WINDOW_MS = 5000;

/** The open documents: one session per document, shared by its editors, ended with the last of them. */
export class Sessions implements Disposable {
  readonly #scope = new Scope();
  readonly #open = new Map<string, OpenSession>();
  readonly #opened = this.#scope.own(new Emitter<DocumentSession>());
  #active: string | null = null;
  #lastClosed: { readonly uri: UriLike; readonly text: string; readonly atMs: number } | null = null;

  readonly onDidOpen = this.#opened.event;

  constructor(
    private readonly services: SessionServices & PanelServices,
    private readonly reporter: WorkReporter,
  ) {
    this.#scope.own(workspace.onDidGrantWorkspaceTrust(() => this.#reconcileAll()));
    this.#scope.own(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('pika.renderer')) this.#reconcileAll();
      }),
    );
  }

  /** The session of the editor the user looked at last, if it is still open. */
  get active(): DocumentSession | undefined {
    return this.#active === null ? undefined : this.#open.get(this.#active)?.session;
  }

  /** The workspace the user looked at last: while a file or a result is in front, the one that was opened last. */
  get activeWorkspace(): DocumentSession | undefined {
    const sessions = [this.active, ...[...this.#open.values()].toReversed().map(({ session }) => session)];
    return sessions.find((session) => session?.store.kind === 'workspace');
  }

  /** The nodes that are selected in the editor the user looked at last. */
  get selectedIds(): readonly string[] {
    return this.#activePanel?.selectedIds ?? [];
  }

  /** The panel that draws pictures of the active document. @throws `node-missing` when none is open. */
  requirePanel(): PanelConnection {
    const panel = this.#activePanel;
    if (panel) return panel;
    throw new PikaError('node-missing', 'No workspace is open.', { hint: 'Open a .pika file or a data file first.' });
  }

  get #activePanel(): PanelConnection | undefined {
    const panels = this.#active === null ? undefined : this.#open.get(this.#active)?.panels;
    const all = [...(panels ?? [])];
    return all.find((panel) => panel.isActive) ?? all.at(-1);
  }

  /** @throws `node-missing` when no workspace is open. */
  requireActive(): DocumentSession {
    const { active } = this;
    if (active) return active;
    throw new PikaError('node-missing', 'No workspace is open.', { hint: 'Open a .pika file or a data file first.' });
  }

  /** Stops everything that runs in the open documents. */
  cancelAll(): void {
    for (const { session } of this.#open.values()) session.runs.cancelAll();
  }

  /** Runs what a change of the connections concerns. */
  remoteChanged(): void {
    this.#reconcileAll();
  }

  /** Connects an editor's panel with the session of its document; `makeStore` is used for the first editor only. */
  attach(uri: Uri, panel: WebviewPanel, makeStore: () => DocumentStore): void {
    const key = uri.toString();
    const open = this.#open.get(key) ?? this.#start(key, makeStore());
    const connection = new PanelConnection(panel, open.session, this.services);
    open.panels.add(connection);
    connection.onDidSettle(() => open.settled.fire());
    if (panel.active) this.#active = key;
    panel.onDidChangeViewState(() => {
      if (panel.active) this.#active = key;
      open.settled.fire();
    });
    panel.onDidDispose(() => {
      connection.dispose();
      open.panels.delete(connection);
      if (open.panels.size === 0) this.#end(key, open);
    });
  }

  /** The document that a newly opened one with this text was just saved from, if its paths start from another folder. */
  takeSaveAsOrigin(uri: UriLike, text: string): UriLike | null {
    const closed = this.#lastClosed;
    const recent = closed && performance.now() - closed.atMs < SAVE_AS_WINDOW_MS ? [closed] : [];
    const open = [...this.#open.values()].map(({ session: { store } }) => ({ uri: store.uri, text: store.text }));
    const origin = [...recent, ...open].find((each) => each.text === text && !isSameFolder(each.uri, uri));
    this.#lastClosed = null;
    return origin?.uri ?? null;
  }

  /** The session of a document, if it is open in Pika. */
  find(uri: { toString(): string }): DocumentSession | undefined {
    return this.#open.get(uri.toString())?.session;
  }

  /** Resolves once a document is open in Pika, which may be a moment after VS Code has opened its editor. */
  whenOpen(uri: { toString(): string }): Promise<void> {
    const key = uri.toString();
    return new Promise((resolve) => {
      if (this.#open.has(key)) return resolve();
      const listening = this.onDidOpen(({ store }) => {
        if (store.uri.toString() !== key) return;
        listening.dispose();
        resolve();
      });
    });
  }

  /** @throws `node-missing` when the document is not open in Pika. */
  require(uri: { toString(): string }): DocumentSession {
    return this.#require(uri).session;
  }

  /** Shows a node of an open document in its editors. */
  reveal(uri: { toString(): string }, nodeId: string): void {
    for (const panel of this.#require(uri).panels) panel.reveal(nodeId);
  }

  /** Resolves when nothing of a document runs and its visible plots are drawn. */
  async whenIdle(uri: { toString(): string }): Promise<void> {
    const open = this.#require(uri);
    const isIdle = () => open.session.isIdle && open.panels.size > 0 && [...open.panels].every((panel) => panel.isIdle);
    if (isIdle()) return;
    await new Promise<void>((resolve) => {
      const watching = new Scope();
      const check = () => {
        if (!isIdle() && this.#open.has(uri.toString())) return;
        watching.dispose();
        resolve();
      };
      watching.own(open.session.onDidChangeStatus(() => queueMicrotask(check)));
      watching.own(open.session.onDidChangeSnapshot(() => queueMicrotask(check)));
      watching.own(open.settled.event(check));
    });
  }

  dispose(): void {
    this.#scope.dispose();
    for (const [key, open] of this.#open) this.#end(key, open);
  }

  #start(key: string, store: DocumentStore): OpenSession {
    const session = new DocumentSession(store, this.services);
    const reported = this.reporter.watch(session);
    const open: OpenSession = { session, panels: new Set(), settled: new Emitter(), reported };
    this.#open.set(key, open);
    this.#opened.fire(session);
    void session.start();
    return open;
  }

  #end(key: string, open: OpenSession): void {
    this.#open.delete(key);
    const { uri, text } = open.session.store;
    this.#lastClosed = { uri, text, atMs: performance.now() };
    for (const panel of open.panels) panel.dispose();
    open.reported.dispose();
    open.session.dispose();
    open.session.store.dispose();
    open.settled.fire();
    open.settled.dispose();
  }

  #require(uri: { toString(): string }): OpenSession {
    const open = this.#open.get(uri.toString());
    if (open) return open;
    throw new PikaError('node-missing', `${uri.toString()} is not open in Pika.`);
  }

  #reconcileAll(): void {
    for (const { session } of this.#open.values()) void session.reconcile();
  }
}

function isSameFolder(left: UriLike, right: UriLike): boolean {
  return dirname(left.fsPath) === dirname(right.fsPath);
}
