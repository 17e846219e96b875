import { RESERVED_WORDS } from './reservedWords.ts';

const MAX_NAME_LENGTH = 60;

/** A file's or folder's name as a SQL name that needs no quotes: `data/flights-3m.parquet` gives `flights_3m`. */
export function sqlNameFromPath(path: string): string {
  const file = path.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
  const stem = file.replace(/(?<=.)(\.[a-z0-9]+)(\.(gz|zst))?$/i, '');
  return sqlName(stem);
}

/** Any text as a SQL name that needs no quotes; `data` when nothing of it can be used. */
export function sqlName(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  const name = Array.from(words).slice(0, MAX_NAME_LENGTH).join('').replace(/_+$/, '');
  if (name === '') return 'data';
  return /^[\p{N}\p{M}]/u.test(name) || isReservedName(name) ? `data_${name}` : name;
}

/** Equal for names that are the same to DuckDB: upper and lower case of A to Z do not count, of other letters they do. */
export function nameKey(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** `base`, or `base_2`, `base_3`, …: the first that is not taken; names differ by more than upper and lower case. */
export function uniqueId(base: string, taken: Iterable<string>): string {
  const keys = new Set([...taken].map(nameKey));
  if (!keys.has(nameKey(base))) return base;
  for (let count = 2; ; count++) {
    const id = `${base}_${count}`;
    if (!keys.has(nameKey(id))) return id;
  }
}

/** Whether DuckDB reads this word as a keyword, so that it would have to be quoted in SQL. */
export function isReservedName(name: string): boolean {
  return RESERVED_WORDS.has(name.toLowerCase());
}

/** Why `name` cannot be a node's new id, as a sentence; null when it can. */
export function checkName(name: string, taken: Iterable<string>): string | null {
  if (name.trim() === '') return 'A name needs at least one letter.';
  if (name !== name.trim()) return 'A name cannot begin or end with a space.';
  if (name.length > MAX_NAME_LENGTH) return `A name has at most ${MAX_NAME_LENGTH} characters.`;
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f"]/.test(name)) return 'A name cannot hold quotation marks or control characters.';
  const key = nameKey(name);
  for (const id of taken) if (nameKey(id) === key) return `${id} is already in this workspace.`;
  return null;
}

/** A node's id as it stands in SQL: bare where that is possible, otherwise in double quotes. */
export function sqlIdentifier(id: string): string {
  return /^[a-z_][a-z0-9_]*$/i.test(id) && !isReservedName(id) ? id : `"${id.replaceAll('"', '""')}"`;
}
