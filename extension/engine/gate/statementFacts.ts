import { LAKE_FUNCTIONS } from './allowedFunctions.ts';
import { oversizedStep } from './oversizedSteps.ts';
import { nodesOf, textOf, type SyntaxNode } from './syntaxTree.ts';

/** A table named in a statement; `byteOffset` is where its (perhaps qualified) name begins. */
export interface NamedTable {
  readonly name: string;
  /** Empty when not written. */
  readonly catalog: string;
  readonly isQualified: boolean;
  readonly byteOffset: number;
}

/** A call that reads a lake's table; `url` is null when it is not written out. */
export interface LakeScan {
  /** Lower case. */
  readonly name: string;
  readonly url: string | null;
}

/** What a statement names, found in its syntax tree alone. */
export interface StatementFacts {
  /** References that are no common table expression. */
  readonly tables: readonly NamedTable[];
  /** Lower case. */
  readonly tableFunctions: ReadonlySet<string>;
  readonly lakeScans: readonly LakeScan[];
  /** Lower case; aggregates included, operators not. */
  readonly functions: ReadonlySet<string>;
  /** A function asked for a huge value in one step; null when there is none. */
  readonly oversized: string | null;
  /** Draws a sample; even one with a seed depends on how DuckDB's threads share the work. */
  readonly hasSample: boolean;
}

/** Lower-case names of the common table expressions that can be seen from a place. */
type Scope = ReadonlySet<string>;

/** Collects what statements name. */
export function statementFacts(statements: readonly SyntaxNode[]): StatementFacts {
  const collector = new Collector();
  for (const statement of statements) collector.visit(statement, new Set());
  const tables = collector.tables.sort((a, b) => a.byteOffset - b.byteOffset);
  const { tableFunctions, functions, lakeScans, oversized, hasSample } = collector;
  return { tables, tableFunctions, functions, lakeScans, oversized, hasSample };
}

/** The catalogs that statements name. */
export function catalogsOf(statements: readonly SyntaxNode[]): readonly string[] {
  const catalogs = statementFacts(statements).tables.map(({ catalog }) => catalog);
  return [...new Set(catalogs)].filter((catalog) => catalog !== '');
}

class Collector {
  readonly tables: NamedTable[] = [];
  readonly tableFunctions = new Set<string>();
  readonly functions = new Set<string>();
  oversized: string | null = null;
  hasSample = false;
  readonly lakeScans: LakeScan[] = [];

  visit(node: SyntaxNode, outer: Scope): void {
    const scope = this.#enterExpressions(node, outer);
    this.#note(node, scope);
    for (const [key, value] of Object.entries(node)) {
      if (key === 'cte_map') continue;
      const isCall = key === 'function' && node['type'] === 'TABLE_FUNCTION';
      for (const child of nodesOf(value)) this.#visitChild(child, isCall, scope);
    }
  }

  /** A table function's own node is no scalar function, but its arguments count. */
  #visitChild(child: SyntaxNode, isCall: boolean, scope: Scope): void {
    if (!isCall) return this.visit(child, scope);
    const name = textOf(child, 'function_name').toLowerCase();
    this.tableFunctions.add(name);
    if (LAKE_FUNCTIONS.has(name)) this.lakeScans.push({ name, url: onlyText(child) });
    for (const argument of nodesOf(child['children'])) this.visit(argument, scope);
  }

  #enterExpressions(node: SyntaxNode, outer: Scope): Scope {
    const recursiveName = node['type'] === 'RECURSIVE_CTE_NODE' ? textOf(node, 'cte_name') : '';
    const entries = nodesOf(node['cte_map']).flatMap((map) => nodesOf(map['map']));
    if (recursiveName === '' && entries.length === 0) return outer;
    const scope = new Set(outer);
    if (recursiveName !== '') scope.add(recursiveName.toLowerCase());
    for (const entry of entries) {
      for (const value of nodesOf(entry['value'])) this.visit(value, new Set(scope));
      scope.add(textOf(entry, 'key').toLowerCase());
    }
    return scope;
  }

  #note(node: SyntaxNode, scope: Scope): void {
    if (node['type'] === 'BASE_TABLE') this.#noteTable(node, scope);
    if (nodesOf(node['sample']).length > 0) this.hasSample = true;
    if (node['class'] === 'FUNCTION' && node['is_operator'] !== true) {
      this.oversized ??= oversizedStep(node);
      this.functions.add(textOf(node, 'function_name').toLowerCase());
    }
  }

  #noteTable(node: SyntaxNode, scope: Scope): void {
    const name = textOf(node, 'table_name');
    const catalog = textOf(node, 'catalog_name');
    const isQualified = catalog !== '' || textOf(node, 'schema_name') !== '';
    if (!isQualified && scope.has(name.toLowerCase())) return;
    this.tables.push({ name, catalog, isQualified, byteOffset: Number(node['query_location']) });
  }
}

/** The text that is a call's one argument, written out; null for anything else. */
function onlyText(call: SyntaxNode): string | null {
  const [argument, ...others] = nodesOf(call['children']);
  if (!argument || others.length > 0 || argument['class'] !== 'CONSTANT') return null;
  const [value] = nodesOf(argument['value']);
  return value ? textOf(value, 'value') || null : null;
}
