import { PikaError } from '#common/base/pikaError';
import { buildGraph, idsRead } from '#common/document/graph';
import type { PikaDocument, QueryNode } from '#common/document/pikaDocument';
import type { ColumnInfo, TableReference } from '#common/protocol/engineContract';
import type { RowsPage } from '#common/protocol/webviewContract';
import { completeSql, type SqlCompletions } from '#common/sql/completeSql';
import type { QueryPlan } from '#common/sql/queryPlan';
import type { SqlFunction, SqlTable } from '#common/sql/sqlCatalogue';
import type { SqlProblem } from '#common/sql/sqlProblem';
import type { EngineClient } from '../host/engineClient.ts';
import { compileNode } from '../query/compile.ts';
import { countSql } from '../query/countSql.ts';
import { pageSql, type PageWindow } from '../query/pageSql.ts';
import { relationAsFrom } from '../query/relation.ts';
import { firstNumber } from './arrowRows.ts';
import type { DataRuns } from './dataRuns.ts';
import { withNodeMeant } from './nodeMeant.ts';
import type { StatusBoard } from './statusBoard.ts';

/** The document that queries are written in. */
export interface SqlDocument {
  readonly document: PikaDocument;
  /** What the parser found in each query, by node id. */
  readonly references: ReadonlyMap<string, readonly TableReference[]>;
}

/** The result of a part of a query, before its rows are read. */
export interface SqlPreview {
  readonly columns: readonly ColumnInfo[];
  readonly rowCount: number;
  readonly elapsedMs: number;
}

/** What a session tells of itself for its queries' texts. */
export interface SqlSurroundings {
  current(): SqlDocument;
  isTrusted(): boolean;
  listDataFiles(): Promise<readonly string[]>;
}

/** What needs a query's text but not its node to run: completion, faults, previews and plans. */
export class NodeSql {
  #functions: Promise<readonly SqlFunction[]> | undefined;

  constructor(
    private readonly engine: EngineClient,
    private readonly board: StatusBoard,
    private readonly data: DataRuns,
    private readonly around: SqlSurroundings,
  ) {}

  /** What can be written at an offset of a node's text. */
  async complete(id: string, sql: string, offset: number): Promise<SqlCompletions> {
    const isTrusted = this.around.isTrusted();
    const [functions, keywords, files] = await Promise.all([
      isTrusted ? this.#allFunctions() : [],
      isTrusted ? this.engine.suggestKeywords(sql.slice(0, offset)).catch(() => []) : [],
      this.around.listDataFiles(),
    ]);
    const parameters = Object.keys(this.#parameters(id));
    return completeSql(sql, offset, { tables: this.#tables(id), functions, keywords, files, parameters });
  }

  /** Faults of a node's text as it would be. */
  async check(id: string, sql: string, signal: AbortSignal): Promise<readonly SqlProblem[]> {
    if (!this.around.isTrusted()) return [];
    return this.engine.checkSql({ sql, tables: this.#tables(id), parameters: this.#parameters(id) }, signal);
  }

  /** Ids of the nodes that a node would read with some text; null while that cannot be parsed. */
  async findReads(id: string, sql: string, signal: AbortSignal): Promise<readonly string[] | null> {
    if (!this.around.isTrusted()) return null;
    const inspection = await this.engine.inspectSql(sql, signal);
    if (inspection.kind === 'empty') return [];
    if (inspection.kind !== 'select') return null;
    return idsRead(this.around.current().document, inspection.tables).filter((each) => each !== id);
  }

  /** Ids of the sources and queries that a text in place of a node's needs, at any distance. */
  async findNeeds(id: string, sql: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { document, references } = this.around.current();
    const graph = buildGraph(document, references);
    const reads = (await this.findReads(id, sql, signal)) ?? [];
    return new Set(reads.flatMap((each) => [each, ...graph.reach(each)]));
  }

  /** Runs a text in place of a node's, which stays as it is. */
  async preview(id: string, sql: string, signal: AbortSignal): Promise<SqlPreview> {
    const compiled = await this.#compile(id, sql);
    const startedMs = performance.now();
    const columns = await this.engine.describeQuery(compiled, signal).catch((error: unknown) => {
      throw withNodeMeant(error, this.around.current().document, id);
    });
    const request = { sql: countSql(relationAsFrom(compiled)), lane: 'result' as const, subject: id, maxRows: 1 };
    const rowCount = firstNumber((await this.engine.query(request, { signal })).ipc);
    return { columns, rowCount, elapsedMs: performance.now() - startedMs };
  }

  /** Rows of a text that was previewed. */
  async previewRows(id: string, sql: string, window: PageWindow, signal: AbortSignal): Promise<RowsPage> {
    const compiled = await this.#compile(id, sql);
    const columns = await this.engine.describeQuery(compiled, signal);
    const page = pageSql({ relation: relationAsFrom(compiled), columns }, window);
    const request = { sql: page, lane: 'interactive' as const, subject: id, maxRows: window.rowCount };
    const { ipc, rowCount } = await this.engine.query(request, { signal });
    return { ipc, rowCount, generation: 0 };
  }

  /** Runs a node's query for its plan. */
  async explain(id: string, signal: AbortSignal): Promise<QueryPlan> {
    return this.engine.explainQuery(await this.#compile(id, this.#node(id).sql), signal);
  }

  async #compile(id: string, sql: string): Promise<string> {
    if (!this.around.isTrusted()) throw new PikaError('untrusted', 'Nothing runs in Restricted Mode.');
    const inspection = await this.engine.inspectSql(sql);
    const { document, references } = this.around.current();
    const nodes = document.nodes.map((node) => (node.id === id ? { ...this.#node(id), sql } : node));
    const draft = { ...document, nodes };
    const tables = inspection.kind === 'select' ? inspection.tables : [];
    const draftReferences = new Map([...references, [id, tables]]);
    const relations = new Map<string, string>();
    const reached = buildGraph(draft, draftReferences).reach(id);
    for (const [each, run] of this.data.relationRuns(reached)) relations.set(each, (await run.complete).relation);
    return compileNode({ document: draft, references: draftReferences, relations }, id);
  }

  #allFunctions(): Promise<readonly SqlFunction[]> {
    this.#functions ??= this.engine.sqlFunctions().catch(() => {
      this.#functions = undefined;
      return [];
    });
    return this.#functions;
  }

  #tables(id: string): readonly SqlTable[] {
    return this.around.current().document.nodes.flatMap((node) => {
      const isData = (node.kind === 'source' || node.kind === 'query') && node.id !== id;
      return isData ? [{ name: node.id, kind: node.kind, columns: this.board.get(node.id)?.columns ?? [] }] : [];
    });
  }

  #parameters(id: string) {
    return this.#node(id).parameters ?? {};
  }

  #node(id: string): QueryNode {
    const node = this.around.current().document.nodes.find((each) => each.id === id);
    if (node?.kind === 'query') return node;
    throw new PikaError('node-missing', `There is no query named ${id} in this workspace.`);
  }
}
