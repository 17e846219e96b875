import type { Memento } from 'vscode';
import { withQuery, type PastQuery } from '#common/sql/queryHistory';

const KEY = 'pika.queryHistory';

/** The queries that were run in this workspace of VS Code; they are kept in its storage and never in a document. */
export class QueryHistory {
  constructor(private readonly memory: Memento) {}

  /** The newest first. */
  all(): readonly PastQuery[] {
    return this.memory.get<readonly PastQuery[]>(KEY, []);
  }

  /** Takes note of a query. */
  add(sql: string): void {
    void this.memory.update(KEY, withQuery(this.all(), { sql, atMs: Date.now() }));
  }

  clear(): void {
    void this.memory.update(KEY, undefined);
  }
}
