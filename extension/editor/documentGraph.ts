import type { PikaDocument } from '#common/document/pikaDocument';
import type { SelectInspection, SqlInspection, TableReference } from '#common/protocol/engineContract';

const MAX_CACHED = 500;

/** What the parser said of each query node, by node id. */
export type Inspections = ReadonlyMap<string, SqlInspection>;

/** What the parser said of queries, by their SQL. */
export type InspectionsBySql = Readonly<Record<string, SqlInspection>>;

/** Asks the engine's parser about every query of a document, once per SQL text. */
export class QueryInspector {
  readonly #known = new Map<string, Promise<SqlInspection>>();

  constructor(private readonly inspect: (sql: string) => Promise<SqlInspection>) {}

  /** Takes answers of an earlier opening for its own. */
  learn(known: InspectionsBySql): void {
    for (const [sql, inspection] of Object.entries(known)) this.#known.set(sql, Promise.resolve(inspection));
  }

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

/** What is known of a document's queries without asking. */
export function knownInspections(document: PikaDocument, known: InspectionsBySql): Inspections {
  const found = new Map<string, SqlInspection>();
  for (const node of document.nodes) {
    const inspection = node.kind === 'query' && Object.hasOwn(known, node.sql) ? known[node.sql] : undefined;
    if (inspection) found.set(node.id, inspection);
  }
  return found;
}

/** The answers about queries that parse, by SQL. */
export function inspectionsBySql(document: PikaDocument, inspections: Inspections): InspectionsBySql {
  const entries = document.nodes.flatMap((node) => {
    const inspection = inspections.get(node.id);
    return node.kind === 'query' && inspection?.kind === 'select' ? [[node.sql, inspection] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** What a query that parses says of its relations; null for any other. */
export function selectOf(inspections: Inspections, id: string): SelectInspection | null {
  const inspection = inspections.get(id);
  return inspection?.kind === 'select' ? inspection : null;
}

/** The table references of every query that parses. */
export function referencesOf(inspections: Inspections): ReadonlyMap<string, readonly TableReference[]> {
  return new Map(
    [...inspections].map(([id, inspection]) => [id, inspection.kind === 'select' ? inspection.tables : []]),
  );
}
