import { Emitter, type Event } from '#common/base/emitter';
import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { DocumentEdit } from '#common/document/documentEdit';
import type { DocumentGraph } from '#common/document/graph';
import { nameKey } from '#common/document/names';
import type { DocumentReading } from '#common/document/pikaDocument';
import { removeNodes, type References } from '#common/document/removeNodes';
import { renameInSql } from '#common/document/renameInSql';
import { selectOf, type Inspections } from './documentGraph.ts';
import type { DocumentStore, EditAuthor } from './documentStore.ts';
import { DocumentWriter } from './documentWriter.ts';
import { remedyEdit } from './remedyEdit.ts';
import { sourceBehind } from './sessionSources.ts';
import type { StatusBoard } from './statusBoard.ts';

/** The document that is changed, as it is now. */
export interface EditSubject {
  readonly reading: DocumentReading;
  readonly inspections: Inspections;
  readonly graph: DocumentGraph;
}

/** A node that has another name now. */
export interface Renaming {
  readonly oldId: string;
  readonly newId: string;
}

/** Changes one open document: each call is one undo step, after those that were asked for before. */
export class SessionEdits implements Disposable {
  readonly #renamed = new Emitter<Renaming>();
  readonly #writer: DocumentWriter;

  /** Told after the document has the new name. */
  readonly onDidRename: Event<Renaming> = this.#renamed.event;

  constructor(
    private readonly store: DocumentStore,
    private readonly board: StatusBoard,
    private readonly subject: () => EditSubject,
  ) {
    this.#writer = new DocumentWriter(store, () => subject().reading);
  }

  /** Applies one user action; what Pika does by itself is a part of the step before. @throws `document-read-only`. */
  apply(edit: DocumentEdit, author?: EditAuthor): Promise<void> {
    return this.#writer.edit(edit, author);
  }

  /** Renames a node and every reference to it. */
  async rename(id: string, newId: string): Promise<void> {
    const { document } = this.subject().reading;
    const { found, hasColumn } = this.#references();
    const sqlById: Record<string, string> = {};
    for (const node of document.nodes) {
      const select = node.kind === 'query' ? found(node.id) : null;
      if (node.kind !== 'query' || !select) continue;
      const sql = renameInSql(node.sql, select, { oldId: id, newId, isColumn: hasColumn(node.id, id) });
      if (sql !== node.sql) sqlById[node.id] = sql;
    }
    await this.apply({ type: 'rename', id, newId, sqlById });
    this.#renamed.fire({ oldId: id, newId });
  }

  /** Removes nodes; what read a removed filter reads its input from then on. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.apply(removeNodes(this.subject().reading.document, ids, this.#references()));
  }

  /** What is known of the queries now. */
  #references(): References {
    const { inspections, graph } = this.subject();
    const columnsOf = (id: string) => this.board.get(id)?.columns ?? [];
    return {
      graph,
      found: (id) => selectOf(inspections, id),
      hasColumn: (id, name) => {
        const names = graph.upstream(id).flatMap((read) => columnsOf(read).map((column) => nameKey(column.name)));
        return names.includes(nameKey(name));
      },
    };
  }

  /** Applies a remedy of a node's error, or of one of its notices, to the source that it came from. */
  async applyRemedy(id: string, index: number, notice?: number): Promise<{ addedId: string | null }> {
    const status = this.board.get(id);
    const details = notice === undefined ? status?.error?.details : undefined;
    const remedies = notice === undefined ? details?.remedies : status?.notices[notice]?.remedies;
    const remedy = remedies?.[index];
    const { reading, graph } = this.subject();
    const { document } = reading;
    const source = sourceBehind(id, details?.path, { document, graph, baseDirectory: this.store.baseDirectory });
    if (!remedy || !source) throw new PikaError('bad-request', 'There is no such remedy.');
    const { edit, addedId } = remedyEdit(remedy, source, document);
    await this.apply(edit);
    return { addedId };
  }

  dispose(): void {
    this.#renamed.dispose();
  }
}
