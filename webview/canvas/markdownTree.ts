import MarkdownIt, { type Token } from 'markdown-it';
import { readNoteLink } from '#common/document/noteLinks';

/** A piece of a note: text, or an element with what is inside it. Never HTML: who draws it makes the elements. */
export type MarkdownPart =
  | string
  | {
      readonly tag: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly parts: readonly MarkdownPart[];
    };

const TASK = /^\[([ xX])\]\s+/;
const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set(['start', 'style', 'title', 'href']);

const reader = new MarkdownIt({ html: false, linkify: true });
reader.validateLink = (href) => readNoteLink(href) !== null || isDataImage(href);

/** The parts of a Markdown text. HTML in it is text; images are drawn from `data:` alone. */
export function markdownTree(text: string): readonly MarkdownPart[] {
  return partsOf(reader.parse(text, {}));
}

interface OpenElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parts: MarkdownPart[];
}

function partsOf(tokens: readonly Token[]): MarkdownPart[] {
  const root: OpenElement = { tag: '', attributes: {}, parts: [] };
  const open = [root];
  for (const token of tokens) {
    const current = open.at(-1) ?? root;
    if (token.nesting === -1) {
      if (!token.hidden && open.length > 1) open.pop();
    } else if (token.nesting === 1) {
      if (token.hidden) continue;
      const element = { tag: token.tag, attributes: attributesOf(token), parts: [] };
      current.parts.push(element);
      open.push(element);
    } else current.parts.push(...leafParts(token));
  }
  return root.parts;
}

function leafParts(token: Token): readonly MarkdownPart[] {
  switch (token.type) {
    case 'inline':
      return withTask(partsOf(token.children ?? []));
    case 'softbreak':
      return ['\n'];
    case 'image':
      return [imagePart(token)];
    case 'fence':
    case 'code_block':
      return [element('pre', [element('code', [token.content])])];
    case 'code_inline':
      return [element('code', [token.content])];
    case 'hardbreak':
    case 'hr':
      return [element(token.tag, [])];
    default:
      return token.content === '' ? [] : [token.content];
  }
}

function imagePart(token: Token): MarkdownPart {
  const source = String(token.attrGet('src') ?? '');
  if (!isDataImage(source)) return token.content;
  return { tag: 'img', attributes: { src: source, alt: token.content }, parts: [] };
}

/** A line that begins with `[ ]` or `[x]` shows a box in its place. */
function withTask(parts: readonly MarkdownPart[]): readonly MarkdownPart[] {
  const [first, ...rest] = parts;
  const mark = typeof first === 'string' ? TASK.exec(first) : null;
  if (typeof first !== 'string' || !mark) return parts;
  const isDone = mark[1] !== ' ';
  const box = { tag: 'input', attributes: { type: 'checkbox', disabled: '', ...(isDone ? { checked: '' } : {}) } };
  return [{ ...box, parts: [] }, ` ${first.slice(mark[0].length)}`, ...rest];
}

function element(tag: string, parts: readonly MarkdownPart[]): MarkdownPart {
  return { tag, attributes: {}, parts };
}

function attributesOf(token: Token): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (token.attrs ?? []).flatMap(([name, value]) => (KEPT_ATTRIBUTES.has(name) ? [[name, String(value)]] : [])),
  );
}

function isDataImage(href: string): boolean {
  return /^data:image\/(png|gif|jpeg|webp);base64,/i.test(href);
}
