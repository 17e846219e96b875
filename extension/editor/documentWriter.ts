import { PikaError } from '#common/base/pikaError';
import { applyEdit } from '#common/document/applyEdit';
import type { DocumentEdit } from '#common/document/documentEdit';
import type { DocumentReading } from '#common/document/pikaDocument';
import { rewriteText } from '#common/document/rewriteText';
import type { DocumentStore } from './documentStore.ts';

/** Writes user actions into a document's text, one after another, each worked out from the text the one before it left. */
export class DocumentWriter {
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: DocumentStore,
    private readonly reading: () => DocumentReading,
  ) {}

  /** Applies one user action: one undo step, after those that were asked for before. @throws `document-read-only`. */
  edit(edit: DocumentEdit): Promise<void> {
    const done = this.#last.then(() => this.#apply(edit));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #apply(edit: DocumentEdit): Promise<void> {
    const { readOnlyReason, document } = this.reading();
    if (readOnlyReason) {
      throw new PikaError('document-read-only', 'This workspace cannot be changed.', {
        hint: readOnlyReason === 'invalid' ? 'Repair its text first.' : 'It was written by a newer version of Pika.',
      });
    }
    await this.store.write(rewriteText(this.store.text, document, applyEdit(document, edit)));
  }
}
