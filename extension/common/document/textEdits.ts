/** Replaces the text between two UTF-16 offsets of the old text. */
export interface TextEdit {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly newText: string;
}

/** Above this many line pairs the changed middle is replaced as one piece. */
const MAX_LINE_PAIRS = 4_000_000;

/**
 * The smallest set of whole-line edits that turns one text into another, first to last, not overlapping.
 * Line ends of the old text stay: a new text with `\n` is written with `\r\n` where the old one has it.
 */
export function textEdits(oldText: string, newText: string): readonly TextEdit[] {
  const oldLines = linesOf(oldText);
  const newLines = linesOf(oldText.includes('\r\n') ? newText.replace(/\r?\n/g, '\r\n') : newText);
  const shortest = Math.min(oldLines.length, newLines.length);
  let prefix = 0;
  while (prefix < shortest && oldLines[prefix] === newLines[prefix]) prefix++;
  let suffix = 0;
  while (suffix < shortest - prefix && oldLines.at(-1 - suffix) === newLines.at(-1 - suffix)) suffix++;
  const oldMiddle = oldLines.slice(prefix, oldLines.length - suffix);
  const newMiddle = newLines.slice(prefix, newLines.length - suffix);
  return middleEdits(oldMiddle, newMiddle, oldLines.slice(0, prefix).join('').length);
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function middleEdits(oldLines: readonly string[], newLines: readonly string[], offset: number): readonly TextEdit[] {
  const isKept = commonLines(oldLines, newLines);
  const edits: TextEdit[] = [];
  let start = offset;
  let oldIndex = 0;
  let newIndex = 0;
  for (const [oldKept, newKept] of [...isKept, [oldLines.length, newLines.length] as const]) {
    const removed = oldLines.slice(oldIndex, oldKept).join('');
    const inserted = newLines.slice(newIndex, newKept).join('');
    const endOffset = start + removed.length;
    if (removed !== inserted) edits.push({ startOffset: start, endOffset, newText: inserted });
    start = endOffset + (oldLines[oldKept]?.length ?? 0);
    oldIndex = oldKept + 1;
    newIndex = newKept + 1;
  }
  return edits;
}

/** Index pairs of a longest common subsequence. */
function commonLines(oldLines: readonly string[], newLines: readonly string[]): readonly (readonly [number, number])[] {
  const width = newLines.length + 1;
  if (oldLines.length * newLines.length > MAX_LINE_PAIRS) return [];
  const lengths = new Uint32Array((oldLines.length + 1) * width);
  const at = (oldIndex: number, newIndex: number) => lengths[oldIndex * width + newIndex] ?? 0;
  for (let i = oldLines.length - 1; i >= 0; i--) {
    for (let j = newLines.length - 1; j >= 0; j--) {
      const isSame = oldLines[i] === newLines[j];
      lengths[i * width + j] = isSame ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < oldLines.length && j < newLines.length;) {
    if (oldLines[i] === newLines[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
