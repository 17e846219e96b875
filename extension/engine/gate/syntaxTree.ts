/** A node of the tree that DuckDB's `json_serialize_sql` prints. */
export type SyntaxNode = Readonly<Record<string, unknown>>;

/** What parsing a text gave. */
export type ParsedSql =
  | { readonly kind: 'statements'; readonly statements: readonly SyntaxNode[] }
  | { readonly kind: 'not-select' }
  | { readonly kind: 'syntax-error'; readonly message: string; readonly characterOffset: number | null };

/** Reads the JSON text that `json_serialize_sql` gives. */
export function readSyntaxTree(json: string): ParsedSql {
  const tree = JSON.parse(json) as SyntaxNode;
  if (tree['error'] !== true) return { kind: 'statements', statements: nodesOf(tree['statements']) };
  if (tree['error_type'] !== 'parser') return { kind: 'not-select' };
  const characterOffset = tree['position'] === undefined ? null : Number(tree['position']);
  return { kind: 'syntax-error', message: textOf(tree, 'error_message'), characterOffset };
}

/** A node's text property; empty when it has none. */
export function textOf(node: SyntaxNode, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

/** A property as nodes: the elements of an array, the object itself, or none. */
export function nodesOf(value: unknown): readonly SyntaxNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  return typeof value === 'object' && value !== null ? [value as SyntaxNode] : [];
}
