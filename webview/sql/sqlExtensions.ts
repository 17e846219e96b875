import { autocompletion, closeBrackets, completionKeymap, completionStatus } from '@codemirror/autocomplete';
import { defaultKeymap, history, indentWithTab, redo, undo } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips, type Command } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { columnCompletion } from './columnCompletion.ts';
import type { SqlSchema } from './sqlSchema.ts';

/** What the editor's keys start. */
export interface SqlKeys {
  readonly run: () => void;
  readonly leave: () => void;
  readonly save: () => void;
}

const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null], color: 'var(--pika-sql-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--pika-sql-string)' },
  { tag: tags.number, color: 'var(--pika-sql-number)' },
  {
    tag: [tags.function(tags.variableName), tags.standard(tags.name), tags.typeName],
    color: 'var(--pika-sql-function)',
  },
  { tag: tags.comment, color: 'var(--pika-sql-comment)', fontStyle: 'italic' },
]);

const THEME = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--pika-strong)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--pika-code-font)', fontSize: '12.5px', lineHeight: '1.55' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--vscode-editorCursor-foreground)' },
  '.cm-line': { padding: '0 12px' },
  '.cm-cursor': { borderLeftColor: 'var(--vscode-editorCursor-foreground)' },
  '.cm-placeholder': { color: 'var(--pika-dim)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--vscode-editorBracketMatch-background)' },
  '.cm-content ::selection': { backgroundColor: 'var(--vscode-editor-selectionBackground)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--vscode-editorSuggestWidget-background)',
    color: 'var(--vscode-editorSuggestWidget-foreground)',
    border: '1px solid var(--pika-line)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--pika-selection)',
    color: 'var(--pika-selection-foreground)',
  },
});

/** The SQL language with completion from the columns at hand. */
export function sqlLanguage(schema: SqlSchema): Extension {
  const completions = Object.fromEntries(Object.entries(schema).map(([table, columns]) => [table, [...columns]]));
  const columns = PostgreSQL.language.data.of({ autocomplete: columnCompletion(schema) });
  return [sql({ dialect: PostgreSQL, schema: completions, upperCaseKeywords: true }), columns];
}

/** Everything of the editor that does not change while it lives. */
export function fixedExtensions(keys: SqlKeys, nonce: string | undefined): Extension {
  const swallow = { stopPropagation: true };
  const own = keymap.of([
    { key: 'Mod-Enter', run: handled(keys.run), ...swallow },
    { key: 'Mod-s', run: passedOn(keys.save) },
    { key: 'Escape', run: unlessChoosing(keys.leave), ...swallow },
    // VS Code would also undo in the document, so its own undo hears the key only when nothing is left to undo here.
    { key: 'Mod-z', run: undo, ...swallow },
    { key: 'Mod-y', run: redo, ...swallow },
    { key: 'Mod-Shift-z', run: redo, ...swallow },
  ]);
  return [
    own,
    nonce ? EditorView.cspNonce.of(nonce) : [],
    history(),
    closeBrackets(),
    bracketMatching(),
    autocompletion({ icons: false, defaultKeymap: false }),
    // Inside the card a list would be cut off at its edge.
    tooltips({ parent: document.body, position: 'fixed' }),
    syntaxHighlighting(HIGHLIGHT),
    THEME,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'SQL', spellcheck: 'false' }),
    placeholder('SELECT …'),
    keymap.of([...completionKeymap, ...defaultKeymap, indentWithTab]),
  ];
}

function handled(action: () => void): () => boolean {
  return () => {
    action();
    return true;
  };
}

/** Leaves the key to the list of completions while one is open. */
function unlessChoosing(action: () => void): Command {
  return ({ state }) => {
    if (completionStatus(state) === 'active') return false;
    action();
    return true;
  };
}

function passedOn(action: () => void): () => boolean {
  return () => {
    action();
    return false;
  };
}
