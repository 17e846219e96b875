import { Emitter } from '#common/base/emitter';
import { writeDocument } from '#common/document/writeDocument';
import type { PikaDocument } from '#common/document/pikaDocument';
import type { DocumentStore } from '../../extension/editor/documentStore.ts';

/** A document store without VS Code; every write is kept, as undo steps are. */
export class MemoryStore implements DocumentStore {
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly isDataFile = false;
  readonly isUnsaved = true;
  readonly writes: string[] = [];
  readonly uri: DocumentStore['uri'];
  text: string;

  constructor(
    document: PikaDocument,
    readonly baseDirectory: string,
  ) {
    this.text = writeDocument(document);
    this.uri = { scheme: 'memory', fsPath: baseDirectory, toString: () => `memory:${baseDirectory}` };
  }

  async write(text: string): Promise<void> {
    // VS Code applies an edit later, too.
    await Promise.resolve();
    this.text = text;
    this.writes.push(text);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
