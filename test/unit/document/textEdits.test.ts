import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdit } from '#common/document/applyEdit';
import type { DocumentEdit } from '#common/document/documentEdit';
import { readDocument } from '#common/document/readDocument';
import { textEdits, type TextEdit } from '#common/document/textEdits';
import { writeDocument } from '#common/document/writeDocument';
import { arbitraryDocument } from './arbitraryDocument.ts';

function applied(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toReversed()
    .reduce(
      (all, { startOffset, endOffset, newText }) => all.slice(0, startOffset) + newText + all.slice(endOffset),
      text,
    );
}

/** Each edit as `removed → inserted`. */
function check(name: string, oldText: string, newText: string, expected: readonly string[]): void {
  test(name, () => {
    const edits = textEdits(oldText, newText);
    const told = edits.map((edit) => `${oldText.slice(edit.startOffset, edit.endOffset)}→${edit.newText}`);
    expect({ told, result: applied(oldText, edits).replaceAll('\r\n', '\n') }).toEqual({
      told: expected,
      result: newText,
    });
  });
}

check('equal texts need no edit', 'a\nb\n', 'a\nb\n', []);
check('an empty text is filled', '', 'a\n', ['→a\n']);
check('a text is emptied', 'a\n', '', ['a\n→']);
check('one changed line is one edit', 'a\nb\nc\n', 'a\nB\nc\n', ['b\n→B\n']);
check('lines far apart are edits of their own', 'a\nb\nc\nd\ne\n', 'A\nb\nc\nd\nE\n', ['a\n→A\n', 'e\n→E\n']);
check('an inserted line removes nothing', 'a\nc\n', 'a\nb\nc\n', ['→b\n']);
check('repeated lines are told apart', 'a\na\na\n', 'a\na\n', ['a\n→']);
check('a missing last line end is kept apart', 'a\nb', 'a\nb\n', ['b→b\n']);
check('Windows line ends stay', 'a\r\nb\r\n', 'a\nB\n', ['b\r\n→B\r\n']);

test('any two texts: the edits lead from one to the other', () => {
  const lines = fc
    .array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'd'), { maxLength: 12 })
    .map((each) => each.join(''));
  fc.assert(
    fc.property(lines, lines, (oldText, newText) => {
      expect(applied(oldText, textEdits(oldText, newText))).toBe(newText);
    }),
    { numRuns: 2000, seed: 2 },
  );
});

function changedLines(oldText: string, edit: DocumentEdit): number {
  const newText = writeDocument(applyEdit(readDocument(oldText).document, edit));
  return textEdits(oldText, newText).reduce((sum, { newText: inserted }) => sum + inserted.split('\n').length - 1, 0);
}

test('moving one node of any workspace changes one line', () => {
  fc.assert(
    fc.property(arbitraryDocument, (document) => {
      const text = writeDocument(document);
      const [node] = document.nodes;
      if (!node || readDocument(text).readOnlyReason) return;
      const layout = { [node.id]: { x: -7777, y: 20, width: 300, height: 200 } };
      if (node.id !== '__proto__') expect(changedLines(text, { type: 'layout', layout })).toBe(1);
    }),
    { numRuns: 200, seed: 3 },
  );
});

test('changing one line of SQL changes one line', () => {
  const node = { kind: 'query' as const, id: 'q', sql: 'SELECT *\nFROM a\nWHERE x > 1', extra: {} };
  const text = writeDocument(applyEdit(readDocument('').document, { type: 'add', nodes: [node], layout: {} }));
  expect(changedLines(text, { type: 'sql', id: 'q', sql: 'SELECT *\nFROM b\nWHERE x > 1' })).toBe(1);
});
