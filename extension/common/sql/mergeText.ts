interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A draft with a change that was made elsewhere to the text it began from; null when both changed the same place. */
export function mergeText(base: string, draft: string, other: string): string | null {
  const mine = changeBetween(base, draft);
  const theirs = changeBetween(base, other);
  if (theirs.start >= mine.end && theirs.end > mine.start) {
    const shift = draft.length - base.length;
    return replaced(draft, { ...theirs, start: theirs.start + shift, end: theirs.end + shift });
  }
  return theirs.end <= mine.start && theirs.start < mine.end ? replaced(draft, theirs) : null;
}

/** The one stretch in which two texts differ. */
export function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

function replaced(text: string, { start, end, text: inserted }: Change): string {
  return text.slice(0, start) + inserted + text.slice(end);
}
