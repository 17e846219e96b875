import { Emitter } from '#common/base/emitter';
import { textEdits, type TextEdit } from '#common/document/textEdits';
import { writeDocument } from '#common/document/writeDocument';
import type { PikaDocument } from '#common/document/pikaDocument';
import type { DocumentStore, EditAuthor } from '../../extension/editor/documentStore.ts';

/** A document store without VS Code; every write is made and taken back by its edits alone. */
export class MemoryStore implements DocumentStore {
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly kind = 'workspace';
  readonly isUnsaved = true;
  readonly writes: string[] = [];
  readonly uri: DocumentStore['uri'];
  /** Of each undo step the edits that take it back, those of its last write first. */
  readonly #undoSteps: (readonly TextEdit[])[][] = [];
  text: string;

  constructor(
    document: PikaDocument,
    readonly baseDirectory: string,
  ) {
    this.text = writeDocument(document);
    this.uri = { scheme: 'memory', fsPath: baseDirectory, toString: () => `memory:${baseDirectory}` };
  }

  get stepCount(): number {
    return this.#undoSteps.length;
  }

  async write(text: string, author: EditAuthor): Promise<void> {
    // VS Code applies an edit later, too.
    await Promise.resolve();
    const edits = textEdits(this.text, text);
    const back = inverse(this.text, edits);
    const step = author === 'pika' ? this.#undoSteps.at(-1) : undefined;
    if (step) step.unshift(back);
    else this.#undoSteps.push([back]);
    this.text = applied(this.text, edits);
    this.writes.push(text);
    this.#changed.fire();
  }

  /** Takes the last step back. */
  undo(): void {
    this.text = (this.#undoSteps.pop() ?? []).reduce(applied, this.text);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function applied(text: string, edits: readonly TextEdit[]): string {
  return edits.reduceRight(
    (now, { startOffset, endOffset, newText }) => now.slice(0, startOffset) + newText + now.slice(endOffset),
    text,
  );
}

function inverse(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return edits.map(({ startOffset, endOffset, newText }) => {
    const start = startOffset + shift;
    shift += newText.length - (endOffset - startOffset);
    return { startOffset: start, endOffset: start + newText.length, newText: text.slice(startOffset, endOffset) };
  });
}
