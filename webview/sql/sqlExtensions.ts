import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, indentWithTab, redo, undo } from '@codemirror/commands';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap, searchPanelOpen } from '@codemirror/search';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  keymap,
  placeholder,
  rectangularSelection,
  tooltips,
  type Command,
} from '@codemirror/view';
import { completionSource } from './completionSource.ts';
import { DUCKDB_DIALECT } from './duckdbDialect.ts';
import { problemLinter } from './problemLinter.ts';
import type { SqlService } from './sqlService.ts';
import { SQL_HIGHLIGHT, SQL_THEME } from './sqlTheme.ts';

/** What the editor's keys start. */
export interface SqlKeys {
  readonly run: () => void;
  readonly preview: () => void;
  readonly format: () => void;
  readonly leave: () => void;
  readonly save: () => void;
}

/** Everything of the editor that does not change while it lives. */
export function fixedExtensions(keys: SqlKeys, service: SqlService, nonce: string | undefined): Extension {
  return [
    Prec.high(ownKeys(keys)),
    nonce ? EditorView.cspNonce.of(nonce) : [],
    sql({ dialect: DUCKDB_DIALECT, upperCaseKeywords: true }),
    history(),
    EditorState.allowMultipleSelections.of(true),
    drawSelection(),
    rectangularSelection(),
    closeBrackets(),
    bracketMatching(),
    highlightSelectionMatches(),
    search({ top: true }),
    autocompletion({ icons: true, defaultKeymap: false, override: [completionSource(service)] }),
    problemLinter(service),
    // Inside the card a list would be cut off at its edge.
    tooltips({ parent: document.body, position: 'fixed' }),
    syntaxHighlighting(SQL_HIGHLIGHT),
    SQL_THEME,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'SQL', spellcheck: 'false' }),
    placeholder('SELECT …'),
    keymap.of(stopped([...searchKeymap, ...completionKeymap, ...closeBracketsKeymap])),
    keymap.of(stopped([...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'), indentWithTab])),
  ];
}

function ownKeys(keys: SqlKeys): Extension {
  const swallow = { stopPropagation: true };
  return keymap.of([
    { key: 'Mod-Enter', run: handled(keys.run), ...swallow },
    { key: 'Mod-Shift-Enter', run: handled(keys.preview), ...swallow },
    { key: 'Shift-Alt-f', run: handled(keys.format), ...swallow },
    { key: 'Mod-s', run: passedOn(keys.save) },
    { key: 'Escape', run: unlessChoosing(keys.leave), ...swallow },
    // VS Code would also undo in the document, so its own undo hears the key only when nothing is left to undo here.
    { key: 'Mod-z', run: undo, ...swallow },
    { key: 'Mod-y', run: redo, ...swallow },
    { key: 'Mod-Shift-z', run: redo, ...swallow },
  ]);
}

/** VS Code has commands of its own under these keys; its *Select All* would come a moment later, in the middle of typing. */
function stopped<B extends object>(bindings: readonly B[]): B[] {
  return bindings.map((binding) => ({ ...binding, stopPropagation: true }));
}

function handled(action: () => void): () => boolean {
  return () => {
    action();
    return true;
  };
}

/** Leaves the key to the list of completions, the search and further cursors while there are any. */
function unlessChoosing(action: () => void): Command {
  return ({ state }) => {
    const isTaken = completionStatus(state) === 'active' || searchPanelOpen(state) || state.selection.ranges.length > 1;
    if (isTaken) return false;
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
