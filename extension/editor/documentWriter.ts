import { PikaError } from '#common/base/pikaError';
import { applyEdit } from '#common/document/applyEdit';
import type { DocumentEdit } from '#common/document/documentEdit';
import type { DocumentReading } from '#common/document/pikaDocument';
import { rewriteText } from '#common/document/rewriteText';
import type { DocumentStore, EditAuthor } from './documentStore.ts';

/** Writes user actions into a document's text, one after another, each worked out from the text the one before it left. */
export class DocumentWriter {
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: DocumentStore,
    private readonly reading: () => DocumentReading,
  ) {}

  /** Applies one action: one undo step of the user's, after those that were asked for before. @throws `document-read-only`. */
  edit(edit: DocumentEdit, author: EditAuthor = 'user'): Promise<void> {
    const done = this.#last.then(() => this.#apply(edit, author));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #apply(edit: DocumentEdit, author: EditAuthor): Promise<void> {
    const { readOnlyReason, document } = this.reading();
    if (readOnlyReason) {
      throw new PikaError('document-read-only', 'This workspace cannot be changed.', {
        hint: readOnlyReason === 'invalid' ? 'Repair its text first.' : 'It was written by a newer version of Pika.',
      });
    }
    await this.store.write(rewriteText(this.store.text, document, applyEdit(document, edit)), author);
  }
}
