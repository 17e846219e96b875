import type { PikaDocument } from '#common/document/pikaDocument';
import type { SqlInspection, TableReference } from '#common/protocol/engineContract';

const MAX_CACHED = 500;

/** What the parser said of each query node, by node id. */
export type Inspections = ReadonlyMap<string, SqlInspection>;

/** Asks the engine's parser about every query of a document, once per SQL text. */
export class QueryInspector {
  readonly #known = new Map<string, Promise<SqlInspection>>();

  constructor(private readonly inspect: (sql: string) => Promise<SqlInspection>) {}

  async inspectAll(document: PikaDocument): Promise<Inspections> {
    const queries = document.nodes.filter((node) => node.kind === 'query');
    const entries = queries.map(async (node) => [node.id, await this.#inspect(node.sql)] as const);
    return new Map(await Promise.all(entries));
  }

  #inspect(sql: string): Promise<SqlInspection> {
    const known = this.#known.get(sql);
    if (known) return known;
    if (this.#known.size >= MAX_CACHED) this.#known.clear();
    const inspection = this.inspect(sql);
    this.#known.set(sql, inspection);
    inspection.catch(() => this.#known.delete(sql));
    return inspection;
  }
}

/** The table references of every query that parses. */
export function referencesOf(inspections: Inspections): ReadonlyMap<string, readonly TableReference[]> {
  return new Map(
    [...inspections].map(([id, inspection]) => [id, inspection.kind === 'select' ? inspection.tables : []]),
  );
}
