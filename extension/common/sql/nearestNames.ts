import { nameKey } from '../document/names.ts';

/** Further apart than this share of its letters, a name is another name. */
const MAX_SHARE = 0.5;

/** Those of some names that a misspelled one may have meant, the nearest first. */
export function nearestNames(name: string, names: readonly string[], count = 3): readonly string[] {
  const key = nameKey(name);
  return names
    .map((each) => ({ each, distance: editDistance(key, nameKey(each)) }))
    .filter(({ distance }) => distance <= Math.ceil(name.length * MAX_SHARE))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ each }) => each);
}

/** Offers a name in place of one that is not found. @param name As it stands in SQL. */
export function meantSentence(name: string): string {
  return `Did you mean ${name}?`;
}

/** Letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
