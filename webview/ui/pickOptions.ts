const MAX_SHOWN = 60;

/** One thing to pick, with a word about it. */
export interface PickOption {
  readonly value: string;
  readonly detail: string;
}

/** The options that hold the typed text, those that begin with it first; at most 60. */
export function filterOptions(options: readonly PickOption[], typed: string): readonly PickOption[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return options.slice(0, MAX_SHOWN);
  const matching = options.filter(({ value }) => value.toLowerCase().includes(wanted));
  const begins = matching.filter(({ value }) => value.toLowerCase().startsWith(wanted));
  const others = matching.filter(({ value }) => !value.toLowerCase().startsWith(wanted));
  return [...begins, ...others].slice(0, MAX_SHOWN);
}
