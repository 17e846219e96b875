import { expect, test } from 'vitest';
import { markdownTree, type MarkdownPart } from '../../../webview/canvas/markdownTree.ts';

/** Parts as one line: `p(a strong(b))`, with the attributes in brackets. */
function outline(parts: readonly MarkdownPart[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const attributes = Object.entries(part.attributes).map(([name, value]) => `${name}=${value}`);
      const inside = outline(part.parts);
      return `${part.tag}${attributes.length > 0 ? `[${attributes.join(' ')}]` : ''}(${inside})`;
    })
    .join('');
}

function check(name: string, text: string, expected: string): void {
  test(name, () => expect(outline(markdownTree(text))).toBe(expected));
}

check('headings, emphasis and code', '# A *b*\n\nc `d` **e**', 'h1(A em(b))p(c code(d) strong(e))');
check('tight lists have no paragraphs', '- a\n- b', 'ul(li(a)li(b))');
check(
  'tasks have a box',
  '- [x] done\n- [ ] open',
  ['ul(li(input[type=checkbox disabled= checked=]() done)', 'li(input[type=checkbox disabled=]() open))'].join(''),
);
check('HTML is text', '<img src=x onerror=alert(1)> <b>b</b>', 'p(<img src=x onerror=alert(1)> <b>b</b>)');
check('script links are text', '[a](javascript:alert(1))', 'p([a](javascript:alert(1)))');
check('command links are text', '[a](command:pika.clearCache)', 'p([a](command:pika.clearCache))');
check(
  'web and file links stay',
  '[a](https://x.org) [b](notes/b.md)',
  'p(a[href=https://x.org](a) a[href=notes/b.md](b))',
);
check('remote pictures are their text', '![alt](https://x.org/a.png)', 'p(alt)');
check('data pictures are drawn', '![a](data:image/png;base64,AAAA)', 'p(img[src=data:image/png;base64,AAAA alt=a]())');
check('SVG pictures are not', '![a](data:image/svg+xml;base64,AAAA)', 'p(![a](data:image/svg+xml;base64,AAAA))');
check('code blocks keep their lines', '```sql\nSELECT 1\n```', 'pre(code(SELECT 1\n))');
