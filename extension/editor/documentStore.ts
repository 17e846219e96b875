import { dirname } from 'node:path';
import {
  commands,
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
import { textEdits } from '#common/document/textEdits';

/** Who changes a document. */
export type EditAuthor = 'user' | 'pika';

/** Where a session's document text lives. */
export interface DocumentStore extends Disposable {
  readonly uri: UriLike;
  /** Folder that relative paths of the document start from. */
  readonly baseDirectory: string;
  readonly isDataFile: boolean;
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
  readonly isDataFile = false;
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
    if (author === 'pika') this.#continued.add(this.text);
    const edit = new WorkspaceEdit();
    for (const change of textEdits(this.text, text)) {
      const start = this.document.positionAt(change.startOffset);
      const end = this.document.positionAt(change.endOffset);
      edit.replace(this.document.uri, new Range(start, end), change.newText);
    }
    if (edit.size === 0) return;
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
    if (isEmptied) void commands.executeCommand('redo');
    else if (isHalfway) void commands.executeCommand(isUndone ? 'undo' : 'redo');
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
  readonly isDataFile = true;
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
        hint: 'Choose Save as Workspace to keep nodes, queries and plots.',
      }),
    );
  }

  dispose(): void {}
}
