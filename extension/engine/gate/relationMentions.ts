import { nodesOf, textOf, type SyntaxNode } from './syntaxTree.ts';

/** Where a statement names one of its relations beside FROM; `byteOffset` is where the name, or what holds it, begins. */
export interface NamedRelation {
  readonly name: string;
  readonly byteOffset: number;
  /**
   * `rows`: a table that is read, named by itself, as in `list(flights)`; a column of that name would come first.
   * `alias`: what stands before a column is an alias, a common table or a parameter, and no table that is read.
   */
  readonly means: 'rows' | 'alias';
}

/** What names mean at a place, by lower-case name. */
type Names = ReadonlyMap<string, Meaning>;
/** A relation read by its own name, something else before a dot, or what can only stand alone. */
type Meaning = 'table' | 'alias' | 'output';

/** Names at a place: those of the statements around it, the innermost first. */
interface Place {
  readonly scopes: readonly Names[];
  /** Lower-case names of the common table expressions that can be seen. */
  readonly commonTables: ReadonlySet<string>;
}

const NOWHERE: Place = { scopes: [], commonTables: new Set() };

/** Finds the places by the scopes of a syntax tree; nothing is bound, so columns are not known. */
export function relationMentions(statements: readonly SyntaxNode[]): readonly NamedRelation[] {
  const found: NamedRelation[] = [];
  for (const statement of statements) visit(statement, NOWHERE, found);
  return found;
}

function visit(node: SyntaxNode, outer: Place, found: NamedRelation[]): void {
  if (node['class'] === 'CONSTANT') return;
  const inner = visitCommonTables(node, outer, found);
  const place = node['type'] === 'SELECT_NODE' ? within(inner, namesOfSelect(node, inner)) : inner;
  if (node['class'] === 'LAMBDA') return visitLambda(node, place, found);
  if (node['class'] === 'COLUMN_REF') noteColumn(node, place, found);
  if (node['class'] === 'STAR') noteQualifier(textOf(node, 'relation_name'), node, place, found);
  for (const [key, value] of Object.entries(node)) {
    if (key === 'cte_map') continue;
    for (const child of nodesOf(value)) visit(child, place, found);
  }
}

function visitCommonTables(node: SyntaxNode, outer: Place, found: NamedRelation[]): Place {
  const recursiveName = node['type'] === 'RECURSIVE_CTE_NODE' ? textOf(node, 'cte_name') : '';
  const entries = nodesOf(node['cte_map']).flatMap((map) => nodesOf(map['map']));
  if (recursiveName === '' && entries.length === 0) return outer;
  const commonTables = new Set(outer.commonTables);
  if (recursiveName !== '') commonTables.add(recursiveName.toLowerCase());
  for (const entry of entries) {
    const before = { scopes: outer.scopes, commonTables: new Set(commonTables) };
    for (const value of nodesOf(entry['value'])) visit(value, before, found);
    commonTables.add(textOf(entry, 'key').toLowerCase());
  }
  return { scopes: outer.scopes, commonTables };
}

/** The parameters of a lambda stand before all names around it. */
function visitLambda(node: SyntaxNode, place: Place, found: NamedRelation[]): void {
  const parameters = nodesOf(node['lhs']).flatMap((each) => [each, ...nodesOf(each['children'])]);
  const names = new Map(parameters.flatMap(columnNames).map((name) => [name.toLowerCase(), 'alias'] as const));
  for (const child of nodesOf(node['expr'])) visit(child, within(place, names), found);
}

function within(place: Place, names: Names): Place {
  return { ...place, scopes: [names, ...place.scopes] };
}

/** Names of a SELECT's relations, and those that its columns are given. */
function namesOfSelect(node: SyntaxNode, place: Place): Names {
  const names = new Map<string, Meaning>();
  for (const item of nodesOf(node['select_list'])) {
    const alias = textOf(item, 'alias').toLowerCase();
    if (alias !== '') names.set(alias, 'output');
  }
  for (const [name, meaning] of nodesOf(node['from_table']).flatMap((table) => relationNames(table, place))) {
    // A column's new name hides a relation where it stands alone, and cannot stand before a dot.
    if (meaning === 'alias' || !names.has(name)) names.set(name, meaning);
  }
  return names;
}

function relationNames(table: SyntaxNode, place: Place): readonly (readonly [string, Meaning])[] {
  const alias = textOf(table, 'alias').toLowerCase();
  if (alias !== '') return [[alias, 'alias']];
  switch (table['type']) {
    case 'BASE_TABLE': {
      const name = textOf(table, 'table_name').toLowerCase();
      const isQualified = textOf(table, 'catalog_name') !== '' || textOf(table, 'schema_name') !== '';
      return [[name, isQualified || place.commonTables.has(name) ? 'alias' : 'table']];
    }
    case 'JOIN':
      return [...nodesOf(table['left']), ...nodesOf(table['right'])].flatMap((side) => relationNames(side, place));
    case 'PIVOT':
      return nodesOf(table['source']).flatMap((source) => relationNames(source, place));
    default:
      return [];
  }
}

function noteColumn(node: SyntaxNode, place: Place, found: NamedRelation[]): void {
  const [name = '', ...rest] = columnNames(node);
  if (rest.length > 0) return noteQualifier(name, node, place, found);
  if (meaningOf(name, place) === 'table') note(name, 'rows', node, found);
}

function noteQualifier(name: string, node: SyntaxNode, place: Place, found: NamedRelation[]): void {
  if (name !== '' && meaningOf(name, place) === 'alias') note(name, 'alias', node, found);
}

function meaningOf(name: string, { scopes }: Place): Meaning | undefined {
  const key = name.toLowerCase();
  return scopes.find((names) => names.has(key))?.get(key);
}

function note(name: string, means: NamedRelation['means'], node: SyntaxNode, found: NamedRelation[]): void {
  const byteOffset = Number(node['query_location']);
  // What DuckDB makes by itself has no place in the text, which the tree says by the largest number.
  if (Number.isSafeInteger(byteOffset)) found.push({ name, means, byteOffset });
}

function columnNames(node: SyntaxNode): readonly string[] {
  const names = node['column_names'];
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
