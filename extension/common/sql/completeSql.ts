import { nameKey, sqlIdentifier } from '../document/names.ts';
import { signatureOf, type SqlCatalogue, type SqlFunction } from './sqlCatalogue.ts';
import { placeAt, type SqlPlace } from './sqlPlace.ts';
import { scopeAt, type ScopeColumn, type SqlScope } from './sqlScope.ts';

/** What a completion is. */
export type SqlCompletionKind = 'column' | 'table' | 'function' | 'keyword' | 'file' | 'parameter';

/** One thing that can be written at the cursor. */
export interface SqlCompletion {
  readonly label: string;
  readonly kind: SqlCompletionKind;
  /** What replaces the word at the cursor; `|` in it is where the cursor goes. */
  readonly insert: string;
  /** Shown beside the label: a type, a table, a signature. */
  readonly detail: string;
  /** A sentence about it; may be empty. */
  readonly description: string;
}

/** What can be written at an offset, best first. */
export interface SqlCompletions {
  /** Where the word that is completed begins. */
  readonly start: number;
  readonly items: readonly SqlCompletion[];
  /** True when there is more than is listed, so that the next letter has to ask again. */
  readonly isPartial: boolean;
}

/** More is no help in a list. */
const MAX_ITEMS = 250;
/** Forms of DuckDB's SQL that a grammar's single words do not show. */
const FORMS: readonly (readonly [string, string])[] = [
  ['GROUP BY ALL', 'Groups by every column that is not aggregated.'],
  ['ORDER BY ALL', 'Orders by all columns, from left to right.'],
  ['UNION ALL BY NAME', 'Appends rows, matching columns by their names.'],
  ['QUALIFY', 'Filters by the result of a window function.'],
  ['SUMMARIZE', 'Statistics of every column of a table or query.'],
  ['DESCRIBE', 'Names and types of the columns of a table or query.'],
  ['ASOF JOIN', 'Joins each row with the nearest earlier one.'],
  ['POSITIONAL JOIN', 'Joins rows by their position.'],
  ['USING SAMPLE', 'Takes a random part of the rows.'],
  ['PIVOT', 'Turns values of a column into columns: PIVOT t ON c IN (…) USING sum(v).'],
  ['UNPIVOT', 'Turns columns into rows: UNPIVOT t ON a, b INTO NAME n VALUE v.'],
  ['EXCLUDE', 'Leaves columns out of a star: SELECT * EXCLUDE (a).'],
  ['REPLACE', 'Replaces columns of a star: SELECT * REPLACE (a + 1 AS a).'],
];

/** What can be written at an offset of a text. */
export function completeSql(sql: string, offset: number, catalogue: SqlCatalogue): SqlCompletions {
  const place = placeAt(sql, offset);
  if (place.kind === 'nothing') return { start: offset, items: [], isPartial: false };
  const typed = sql.slice(place.start, offset).replace(/^"/, '');
  const known = new Map(catalogue.tables.map(({ name, columns }) => [nameKey(name), columns]));
  const scope = scopeAt(place.groups, offset, (name) => known.get(nameKey(name)) ?? []);
  const all = candidates(place, scope, catalogue, sql);
  const fitting = all.filter(({ label }) => rankOf(label, typed) !== null);
  const ranked = fitting
    .map((item, index) => ({ item, index, rank: rankOf(item.label, typed) ?? 0 }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ item }) => item);
  return { start: place.start, items: ranked.slice(0, MAX_ITEMS), isPartial: ranked.length > MAX_ITEMS };
}

/** How well a label fits what was typed, 0 best; null when it does not. */
function rankOf(label: string, typed: string): number | null {
  if (typed === '') return 0;
  const text = label.replace(/^["$]/, '').toLowerCase();
  const at = text.indexOf(typed.replace(/^\$/, '').toLowerCase());
  if (at < 0) return null;
  if (at === 0) return 0;
  return /[^\p{L}\p{N}]/u.test(text.charAt(at - 1)) ? 1 : 2;
}

/** In the order in which they are offered when nothing is typed. */
function candidates(
  place: Exclude<SqlPlace, { kind: 'nothing' }>,
  scope: SqlScope,
  catalogue: SqlCatalogue,
  sql: string,
): readonly SqlCompletion[] {
  switch (place.kind) {
    case 'file':
      return catalogue.files.map(fileCompletion);
    case 'parameter':
      return catalogue.parameters.map((name) => named('parameter', `$${name}`, `$${name}`, 'parameter'));
    case 'member':
      return memberColumns(place.of, scope, catalogue);
    case 'table':
      return [...tableCompletions(scope, catalogue), ...functionCompletions(catalogue, isTableFunction)];
    case 'expression':
      return [
        ...columnCompletions(scope, catalogue, sql),
        ...keywordCompletions(catalogue.keywords),
        ...relationCompletions(scope),
        ...functionCompletions(catalogue, (each) => !isTableFunction(each)),
        ...tableCompletions(scope, catalogue),
      ];
  }
}

function memberColumns(of: string, scope: SqlScope, catalogue: SqlCatalogue): readonly SqlCompletion[] {
  const key = nameKey(of);
  const table = [...scope.relations, ...scope.commonTables, ...catalogue.tables].find(
    ({ name }) => nameKey(name) === key,
  );
  return (table?.columns ?? []).map((column) => columnCompletion(column, ''));
}

/** Columns of the FROM clause; without one, of every table that the text names. */
function columnCompletions(scope: SqlScope, catalogue: SqlCatalogue, sql: string): readonly SqlCompletion[] {
  const text = sql.toLowerCase();
  const named = catalogue.tables.filter(({ name }) => text.includes(name.toLowerCase()));
  const tables = scope.relations.length > 0 ? scope.relations : named;
  const seen = new Set<string>();
  return tables.flatMap(({ name, columns }) =>
    columns.filter((column) => isNew(seen, column.name)).map((column) => columnCompletion(column, name)),
  );
}

function isNew(seen: Set<string>, name: string): boolean {
  const key = nameKey(name);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function columnCompletion({ name, type }: ScopeColumn, table: string): SqlCompletion {
  const detail = [type, table].filter(Boolean).join(' · ');
  return named('column', sqlIdentifier(name), sqlIdentifier(name), detail);
}

function relationCompletions({ relations }: SqlScope): readonly SqlCompletion[] {
  const aliases = relations.filter(({ name }) => name !== '');
  return aliases.map(({ name }) => named('table', sqlIdentifier(name), sqlIdentifier(name), 'in this query'));
}

function tableCompletions(scope: SqlScope, { tables }: SqlCatalogue): readonly SqlCompletion[] {
  const ctes = scope.commonTables.map(({ name }) => named('table', sqlIdentifier(name), sqlIdentifier(name), 'WITH'));
  const nodes = tables.map(({ name, kind, columns }) => {
    const detail = columns.length === 0 ? kind : `${kind} · ${columns.length} columns`;
    return named('table', sqlIdentifier(name), sqlIdentifier(name), detail);
  });
  return [...ctes, ...nodes];
}

function isTableFunction({ kind }: SqlFunction): boolean {
  return kind === 'table';
}

function functionCompletions(
  { functions }: SqlCatalogue,
  isWanted: (each: SqlFunction) => boolean,
): readonly SqlCompletion[] {
  return functions.filter(isWanted).map((each) => ({
    label: each.name,
    kind: 'function',
    insert: each.parameters.length === 0 ? `${each.name}()|` : `${each.name}(|)`,
    detail: signatureOf(each),
    description: [each.description, each.example].filter(Boolean).join('\n'),
  }));
}

function keywordCompletions(keywords: readonly string[]): readonly SqlCompletion[] {
  const forms = FORMS.map(([label, description]) => ({ ...named('keyword', label, `${label} `, ''), description }));
  const taken = new Set(FORMS.map(([label]) => label));
  const words = keywords.filter((word) => !taken.has(word));
  return [...words.map((word) => named('keyword', word, `${word} `, '')), ...forms];
}

function fileCompletion(path: string): SqlCompletion {
  return named('file', path, path.replaceAll("'", "''"), '');
}

function named(kind: SqlCompletionKind, label: string, insert: string, detail: string): SqlCompletion {
  return { label, kind, insert, detail, description: '' };
}
