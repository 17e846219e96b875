/** Shares of the font size that characters take in the fonts of interfaces, rather too wide than too narrow. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\uFF01-\uFF60]/u,
    1.05,
  ],
  [/[iljtfrI.,;:'’|!()[\]\s]/, 0.36],
  [/[mwMW@%…\p{Lu}]/u, 0.78],
];
const OTHER_WIDTH = 0.58;
const AXIS_FONT_PX = 11;
const ELLIPSIS = '…';
/** Share of a name's room that its beginning keeps. */
const START_SHARE = 0.35;
/** What adding up widths may be off by. */
const ROUNDING_PX = 1e-6;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Width of a text in CSS pixels, roughly: known without a page, so that a plot can be planned anywhere. */
export function textWidthPx(text: string, fontPx = AXIS_FONT_PX): number {
  return charactersOf(text).reduce((sum, character) => sum + characterWidthPx(character, fontPx), 0);
}

/** A text that fits into a width: whole, or cut at its end. */
export function fitText(text: string, widthPx: number, fontPx = AXIS_FONT_PX): string {
  const characters = charactersOf(text);
  return isShort(characters, widthPx, fontPx)
    ? text
    : `${startOf(characters, widthPx - textWidthPx(ELLIPSIS, fontPx), fontPx)}${ELLIPSIS}`;
}

/** Names that fit into a width; of those that begin alike the part is shown where they differ. */
export function fitNames(names: readonly string[], widthPx: number, fontPx = AXIS_FONT_PX): readonly string[] {
  const short = names.map((name) => fitText(name, widthPx, fontPx));
  const alike = new Map<string, Set<string>>();
  short.forEach((text, index) => alike.set(text, (alike.get(text) ?? new Set()).add(names[index] ?? '')));
  return short.map((text, index) => {
    const group = [...(alike.get(text) ?? [])];
    return group.length > 1 ? fitAround(names[index] ?? '', sharedStart(group), { widthPx, fontPx }) : text;
  });
}

/** How many characters all names begin with. */
function sharedStart(names: readonly string[]): number {
  const [first = [], ...others] = names.map(charactersOf);
  const end = first.findIndex((character, index) => others.some((other) => other[index] !== character));
  return end < 0 ? first.length : end;
}

/** The beginning of a text, and what stands around `place` in it. */
function fitAround(
  text: string,
  place: number,
  { widthPx, fontPx }: { readonly widthPx: number; readonly fontPx: number },
): string {
  const characters = charactersOf(text);
  if (isShort(characters, widthPx, fontPx)) return text;
  const start = startOf(characters.slice(0, place), widthPx * START_SHARE, fontPx);
  let roomPx = widthPx - textWidthPx(start, fontPx) - 2 * textWidthPx(ELLIPSIS, fontPx);
  let from = place;
  const rest = characters.slice(place);
  const restPx = rest.reduce((sum, character) => sum + characterWidthPx(character, fontPx), 0);
  roomPx -= Math.min(restPx, roomPx / 2);
  while (from > 0 && roomPx >= characterWidthPx(characters[from - 1] ?? '', fontPx)) {
    from -= 1;
    roomPx -= characterWidthPx(characters[from] ?? '', fontPx);
  }
  const head = `${start}${ELLIPSIS}`;
  return `${head}${fitText(characters.slice(from).join(''), widthPx - textWidthPx(head, fontPx), fontPx)}`;
}

function startOf(characters: readonly string[], widthPx: number, fontPx: number): string {
  let left = widthPx;
  const end = characters.findIndex((character) => (left -= characterWidthPx(character, fontPx)) < 0);
  return characters
    .slice(0, end < 0 ? characters.length : end)
    .join('')
    .trim();
}

function isShort(characters: readonly string[], widthPx: number, fontPx: number): boolean {
  let left = widthPx;
  return characters.every((character) => (left -= characterWidthPx(character, fontPx)) >= -ROUNDING_PX);
}

function charactersOf(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

function characterWidthPx(character: string, fontPx: number): number {
  return fontPx * (WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? OTHER_WIDTH);
}
