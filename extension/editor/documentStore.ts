import { dirname } from 'node:path';
import {
  Range,
  TextDocumentChangeReason,
  Uri,
  workspace,
  WorkspaceEdit,
  type TextDocument,
  type TextDocumentChangeEvent,
} from 'vscode';
import { Emitter, type Event } from '#common/base/emitter';
import { PikaError } from '#common/base/pikaError';
import { Scope, type Disposable } from '#common/base/scope';
import type { UriLike } from '#common/protocol/api';
import type { DocumentKind } from '#common/protocol/webviewContract';
import { textEdits } from '#common/document/textEdits';
import { stepInEditor } from './stepInEditor.ts';

/** Scheme of the documents of results in panels, which have no file. */
export const RESULT_SCHEME = 'pika-result';

/** Who changes a document. */
export type EditAuthor = 'user' | 'pika';

/** Where a session's document text lives. */
export interface DocumentStore extends Disposable {
  readonly uri: UriLike;
  /** Folder that relative paths of the document start from. */
  readonly baseDirectory: string;
  readonly kind: DocumentKind;
  /** Whether closing the document now would lose changes. */
  readonly isUnsaved: boolean;
  readonly text: string;
  readonly onDidChange: Event<void>;
  /**
   * Replaces the text by minimal edits: one undo step, or, for what Pika does by itself, a part of the step before.
   * @throws `document-read-only`.
   */
  write(text: string, author: EditAuthor): Promise<void>;
}

/** A `.pika` text document of VS Code, which owns undo, save and conflicts. */
export class TextDocumentStore implements DocumentStore {
  readonly #scope = new Scope();
  readonly #changed = this.#scope.own(new Emitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly kind = 'workspace';
  /** Texts on which Pika went on by itself: undo and redo do not stop there. */
  readonly #continued = new Set<string>();

  constructor(private readonly document: TextDocument) {
    this.#scope.own(workspace.onDidChangeTextDocument((event) => this.#follow(event)));
  }

  get uri(): Uri {
    return this.document.uri;
  }

  get baseDirectory(): string {
    return dirname(this.document.uri.fsPath);
  }

  get isUnsaved(): boolean {
    return this.document.isUntitled || this.document.isDirty;
  }

  get text(): string {
    return this.document.getText();
  }

  async write(text: string, author: EditAuthor): Promise<void> {
    const edit = new WorkspaceEdit();
    for (const change of textEdits(this.text, text)) {
      const start = this.document.positionAt(change.startOffset);
      const end = this.document.positionAt(change.endOffset);
      edit.replace(this.document.uri, new Range(start, end), change.newText);
    }
    if (edit.size === 0) return;
    if (author === 'pika') this.#continued.add(this.text);
    // The next edit is worked out from this text, so it has to have come back to the extension by then.
    const applied = this.#nextChange();
    if (!(await workspace.applyEdit(edit))) {
      throw new PikaError('document-read-only', 'VS Code did not accept the change of this document.');
    }
    await applied;
  }

  #follow({ document, contentChanges, reason }: TextDocumentChangeEvent): void {
    if (document !== this.document || contentChanges.length === 0) return;
    const isUndone = reason === TextDocumentChangeReason.Undo;
    // The first step of a new workspace is what was opened in it, which undo is not to take away.
    const isEmptied = isUndone && document.isUntitled && this.text === '';
    const isHalfway = reason !== undefined && this.#continued.has(this.text);
    if (isEmptied) void stepInEditor(this.uri, 'redo');
    else if (isHalfway) void stepInEditor(this.uri, isUndone ? 'undo' : 'redo');
    if (!isEmptied) this.#changed.fire();
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const subscription = this.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
  }

  dispose(): void {
    this.#scope.dispose();
  }
}

/** The document behind a data file opened with *Reopen Editor With…*: in memory, read-only, made from the file itself. */
export class DataFileStore implements DocumentStore {
  readonly kind = 'data-file';
  readonly isUnsaved = false;
  readonly onDidChange: Event<void> = () => ({ dispose: () => undefined });

  constructor(
    readonly uri: Uri,
    readonly text: string,
  ) {}

  get baseDirectory(): string {
    return dirname(this.uri.fsPath);
  }

  write(): Promise<void> {
    return Promise.reject(
      new PikaError('document-read-only', 'A data file opened in Pika has no workspace to change.', {
        hint: 'Choose Keep as Workspace to keep nodes, queries and plots.',
      }),
    );
  }

  dispose(): void {}
}

/** The document of a query whose result stands in a panel: in memory, and gone with the panel unless it is kept as a workspace. */
export class QueryResultStore implements DocumentStore {
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly kind = 'query-result';
  readonly isUnsaved = true;
  text: string;

  constructor(
    readonly uri: Uri,
    readonly baseDirectory: string,
    text: string,
  ) {
    this.text = text;
  }

  write(text: string): Promise<void> {
    this.text = text;
    this.#changed.fire();
    return Promise.resolve();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
