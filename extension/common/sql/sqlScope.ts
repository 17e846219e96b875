import { nameKey } from '../document/names.ts';
import { isWord, nameOfItem, type SqlGroup, type SqlItem } from './sqlGroups.ts';

/** A column that can be named. */
export interface ScopeColumn {
  readonly name: string;
  /** DuckDB's type text; empty where only running would tell. */
  readonly type: string;
}

/** A relation in a FROM clause, or a common table expression. */
export interface ScopeTable {
  /** Its alias where it has one. */
  readonly name: string;
  readonly columns: readonly ScopeColumn[];
}

/** What can be named at a place. */
export interface SqlScope {
  /** Relations of the FROM clauses around the place, the innermost first. */
  readonly relations: readonly ScopeTable[];
  readonly commonTables: readonly ScopeTable[];
}

/** The columns of a table by its name; empty for one that is not known. */
type Lookup = (name: string) => readonly ScopeColumn[];

const SET_WORDS = new Set(['union', 'intersect', 'except']);
const CLAUSE_WORDS = new Set(
  'from where group having qualify order limit offset window using union intersect except select sample'.split(' '),
);
const FROM_START = new Set(['from', 'join', 'summarize', 'describe', 'pivot', 'unpivot']);
const FROM_END = new Set(
  'where group having qualify order limit offset window select union intersect except sample'.split(' '),
);
/** Words after a relation that are no alias of it. */
const NO_ALIAS = new Set([
  ...CLAUSE_WORDS,
  ...'join inner left right full outer cross natural asof positional semi anti on as tablesample pivot unpivot by'.split(
    ' ',
  ),
]);

/** What can be named inside the innermost of nested groups. @param groups From the outermost inwards. */
export function scopeAt(groups: readonly SqlGroup[], offset: number, tables: Lookup): SqlScope {
  let lookup = tables;
  const commonTables: ScopeTable[] = [];
  const relations: ScopeTable[] = [];
  for (const { items } of groups) {
    const found = commonTablesOf(items, lookup);
    commonTables.unshift(...found);
    lookup = withTables(found, lookup);
    relations.unshift(...relationsOf(coreAround(items, offset), lookup));
  }
  return { relations, commonTables };
}

/** The items of the SELECT that an offset is in, out of several joined by UNION and the like. */
function coreAround(items: readonly SqlItem[], offset: number): readonly SqlItem[] {
  return cores(items).findLast((core) => (core[0]?.start ?? 0) <= offset) ?? items;
}

function cores(items: readonly SqlItem[]): readonly (readonly SqlItem[])[] {
  const cores: SqlItem[][] = [[]];
  for (const item of items) {
    if (isWord(item, SET_WORDS)) cores.push([item]);
    else cores.at(-1)?.push(item);
  }
  return cores;
}

function withTables(found: readonly ScopeTable[], outer: Lookup): Lookup {
  const own = new Map(found.map(({ name, columns }) => [nameKey(name), columns]));
  return (name) => own.get(nameKey(name)) ?? outer(name);
}

const WITH = new Set(['with']);
const AS = new Set(['as']);

function commonTablesOf(items: readonly SqlItem[], outer: Lookup): readonly ScopeTable[] {
  const found: ScopeTable[] = [];
  if (!isWord(items[0], WITH)) return found;
  for (let at = 0; at < items.length; at++) {
    if (!isWord(items[at], AS)) continue;
    const body = items.slice(at + 1, at + 4).find((item): item is SqlGroup => item.kind === 'group');
    const before = items[at - 1];
    const names = before?.kind === 'group' ? before : null;
    const name = nameOfItem(names ? items[at - 2] : before);
    if (!body || name === null || isRelationAlias(items, at)) continue;
    const columns = outputOf(body.items, withTables(found, outer));
    found.push({ name, columns: names ? renamed(columns, names) : columns });
  }
  return found;
}

/** Whether AS stands behind a relation of the main SELECT, and not behind a common table's name. */
function isRelationAlias(items: readonly SqlItem[], at: number): boolean {
  return items.slice(0, at).some((item) => isWord(item, new Set(['select', 'from'])));
}

function renamed(columns: readonly ScopeColumn[], names: SqlGroup): readonly ScopeColumn[] {
  const texts = names.items.map(nameOfItem).filter((name) => name !== null);
  return texts.map((name, i) => ({ name, type: columns[i]?.type ?? '' }));
}

/** The relations that a SELECT's FROM clause names. */
function relationsOf(core: readonly SqlItem[], lookup: Lookup): readonly ScopeTable[] {
  const relations: ScopeTable[] = [];
  let isInFrom = false;
  for (let at = 0; at < core.length; at++) {
    const item = core[at];
    if (isWord(item, FROM_START)) isInFrom = true;
    else if (isWord(item, FROM_END)) isInFrom = false;
    const isStart = isWord(item, FROM_START) || (isInFrom && item?.kind === 'symbol' && item.text === ',');
    const relation = isStart ? relationFrom(core, at + 1, lookup) : null;
    if (relation) relations.push(relation);
  }
  return relations;
}

function relationFrom(core: readonly SqlItem[], start: number, lookup: Lookup): ScopeTable | null {
  let at = start;
  while (isWord(core[at], new Set(['lateral']))) at++;
  const item = core[at];
  if (!item || isWord(item, CLAUSE_WORDS)) return null;
  let name = item.kind === 'string' ? item.text.replace(/^'|'$/g, '') : (nameOfItem(item) ?? '');
  let columns = item.kind === 'group' ? outputOf(item.items, lookup) : [];
  while (core[at + 1]?.kind === 'symbol' && isDot(core[at + 1])) {
    name = nameOfItem(core[at + 2]) ?? '';
    at += 2;
  }
  const isCall = item.kind !== 'group' && core[at + 1]?.kind === 'group';
  if (isCall) at++;
  else if (item.kind !== 'group') columns = lookup(name);
  const aliasAt = isWord(core[at + 1], AS) ? at + 2 : at + 1;
  const alias = isWord(core[aliasAt], NO_ALIAS) ? null : nameOfItem(core[aliasAt]);
  const names = alias === null ? undefined : core[aliasAt + 1];
  if (names?.kind === 'group') columns = renamed(columns, names);
  return { name: alias ?? name, columns };
}

function isDot(item: SqlItem | undefined): boolean {
  return item?.kind === 'symbol' && item.text === '.';
}

/** The columns a SELECT produces, as far as its text tells. */
function outputOf(items: readonly SqlItem[], outer: Lookup): readonly ScopeColumn[] {
  const lookup = withTables(commonTablesOf(items, outer), outer);
  const [first = []] = cores(items);
  const main = isWord(first[0], WITH) ? afterCommonTables(first) : first;
  const relations = relationsOf(main, lookup);
  const select = main.findIndex((item) => isWord(item, new Set(['select'])));
  if (select < 0) return relations.flatMap(({ columns }) => columns);
  return listItems(main.slice(select + 1)).flatMap((item) => outputColumns(item, relations));
}

function afterCommonTables(items: readonly SqlItem[]): readonly SqlItem[] {
  const start = items.findIndex((item) => isWord(item, new Set(['select', 'from'])));
  return start < 0 ? [] : items.slice(start);
}

function listItems(items: readonly SqlItem[]): readonly (readonly SqlItem[])[] {
  const list: SqlItem[][] = [[]];
  for (const item of items) {
    if (isWord(item, CLAUSE_WORDS)) break;
    if (item.kind === 'symbol' && item.text === ',') list.push([]);
    else if (!(list.length === 1 && list[0]?.length === 0 && isWord(item, new Set(['distinct', 'all'])))) {
      list.at(-1)?.push(item);
    }
  }
  return list.filter((each) => each.length > 0);
}

function outputColumns(item: readonly SqlItem[], relations: readonly ScopeTable[]): readonly ScopeColumn[] {
  const all = relations.flatMap(({ columns }) => columns);
  const isStar = (each: SqlItem | undefined) => each?.kind === 'symbol' && each.text === '*';
  if (isStar(item[0])) return withoutExcluded(all, item);
  if (isDot(item[1]) && isStar(item[2])) {
    const table = nameKey(nameOfItem(item[0]) ?? '');
    return relations.find(({ name }) => nameKey(name) === table)?.columns ?? [];
  }
  const last = nameOfItem(item.at(-1));
  const isNamed = item.length === 1 || isDot(item.at(-2)) || isWord(item.at(-2), AS) || item.at(-2)?.kind !== 'symbol';
  if (last === null || !isNamed || isWord(item.at(-1), new Set(['end']))) return [];
  const isColumn = item.length === 1 || isDot(item.at(-2));
  const type = isColumn ? all.find(({ name }) => nameKey(name) === nameKey(last))?.type : undefined;
  return [{ name: last, type: type ?? '' }];
}

function withoutExcluded(columns: readonly ScopeColumn[], item: readonly SqlItem[]): readonly ScopeColumn[] {
  const at = item.findIndex((each) => isWord(each, new Set(['exclude', 'except'])));
  const list = item[at + 1];
  if (at < 0 || !list) return columns;
  const names = list.kind === 'group' ? list.items.map(nameOfItem) : [nameOfItem(list)];
  const excluded = new Set(names.filter((name) => name !== null).map(nameKey));
  return columns.filter(({ name }) => !excluded.has(nameKey(name)));
}
