/** The names that hold a text: the very name first, then those that begin with it, otherwise in the order of the columns. */
export function columnsFound(keys: readonly string[], text: string): readonly string[] {
  const wanted = text.toLowerCase();
  const rank = (key: string) => {
    const name = key.toLowerCase();
    if (key === text) return 0;
    if (name === wanted) return 1;
    return name.startsWith(wanted) ? 2 : 3;
  };
  return keys.filter((key) => key.toLowerCase().includes(wanted)).toSorted((a, b) => rank(a) - rank(b));
}
