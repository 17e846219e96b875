import { expect, test } from 'vitest';
import { readNoteLink, type NoteLink } from '#common/document/noteLinks';

function check(href: string, expected: NoteLink | null): void {
  test(`reads ${href}`, () => expect(readNoteLink(href)).toEqual(expected));
}

check('https://example.org/a?b', { kind: 'address', href: 'https://example.org/a?b' });
check('mailto:a@example.org', { kind: 'address', href: 'mailto:a@example.org' });
check('data/flights%20a.csv#top', { kind: 'file', path: 'data/flights a.csv' });
check('../readme.md', { kind: 'file', path: '../readme.md' });
for (const href of [
  'javascript:alert(1)',
  'command:a',
  'file:///etc/passwd',
  'vscode://a',
  '/etc/passwd',
  '//host/a',
  '\\\\host\\a',
  '#top',
  '',
  '%2Fetc',
  '%ff',
])
  check(href, null);
