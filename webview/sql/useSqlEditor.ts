import { closeCompletion } from '@codemirror/autocomplete';
import { forceLinting } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { onBeforeUnmount, onMounted, watch, type ShallowRef } from 'vue';
import { formatSql } from '#common/sql/formatSql';
import { changeBetween, mergeText } from '#common/sql/mergeText';
import { statementAt } from '#common/sql/statementAt';
import { styleNonce } from '../ui/styleNonce.ts';
import { fixedExtensions } from './sqlExtensions.ts';
import type { SqlService } from './sqlService.ts';

/** What an editor shows and whom it tells. */
export interface SqlEditorOptions {
  readonly host: Readonly<ShallowRef<HTMLElement | null>>;
  readonly sql: () => string;
  /** Changes when the text has to be checked again although it stayed the same. */
  readonly checkedAgainst: () => unknown;
  readonly isReadOnly: () => boolean;
  readonly service: SqlService;
  /** The text changed, whoever changed it; it may be as it was before. */
  readonly typed: (sql: string) => void;
  /** The text was changed and left, saved or run. */
  readonly commit: (sql: string) => void;
  readonly run: () => void;
  /** Run the selected text, or the statement at the cursor, by itself. */
  readonly preview: (sql: string) => void;
  readonly leave: () => void;
  readonly failed: (error: unknown) => void;
}

/** One CodeMirror editor of one SQL text; typing is committed as a whole when the editor is left. */
export function useSqlEditor(options: SqlEditorOptions) {
  const rights = new Compartment();
  let view: EditorView | undefined;
  let committed = options.sql();

  function commit(): void {
    const text = view?.state.doc.toString() ?? committed;
    if (text === committed || options.isReadOnly()) return;
    committed = text;
    options.commit(text);
  }

  /** Shows a text that came from elsewhere: another editor, an undo, the disk. What is being typed is kept. */
  function show(sql: string): void {
    const draft = view?.state.doc.toString() ?? committed;
    const merged = draft === committed ? sql : mergeText(committed, draft, sql);
    committed = sql;
    if (view && merged !== null) replaceText(view, merged);
  }

  function run(): void {
    closeList();
    commit();
    options.run();
  }

  /** The list of completions would cover what is run, or what has the focus next. */
  function closeList(): void {
    if (view) closeCompletion(view);
  }

  function preview(): void {
    if (!view) return;
    closeList();
    const { main } = view.state.selection;
    const text = view.state.doc.toString();
    const part = main.empty ? statementAt(text, main.head) : view.state.sliceDoc(main.from, main.to);
    if (part.trim() !== '') options.preview(part);
  }

  function format(): void {
    if (!view || options.isReadOnly()) return;
    try {
      replaceText(view, formatSql(view.state.doc.toString()));
    } catch (error) {
      options.failed(error);
    }
  }

  /** The Tab key indents for those who work in the editor, and takes those further who came with it. */
  function passTab(isPassed: boolean): void {
    view?.setTabFocusMode(isPassed);
  }

  onMounted(() => {
    if (!options.host.value) return;
    const keys = { run, preview, format, leave: options.leave, save: commit };
    view = new EditorView({
      parent: options.host.value,
      state: EditorState.create({
        doc: committed,
        extensions: [
          fixedExtensions(keys, options.service, styleNonce()),
          rights.of(EditorState.readOnly.of(options.isReadOnly())),
          EditorView.domEventHandlers({
            blur: () => {
              closeList();
              passTab(true);
              commit();
            },
            mousedown: () => passTab(false),
            beforeinput: () => passTab(false),
          }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) options.typed(state.doc.toString());
          }),
        ],
      }),
    });
    passTab(true);
  });
  watch(options.sql, show);
  watch(options.checkedAgainst, () => view && forceLinting(view));
  watch(options.isReadOnly, (is) => view?.dispatch({ effects: rights.reconfigure(EditorState.readOnly.of(is)) }));
  onBeforeUnmount(() => {
    commit();
    view?.destroy();
  });

  /** Puts the cursor at a point of the screen. */
  function focusAt(point: { x: number; y: number } | null): void {
    if (!view) return;
    view.focus();
    passTab(false);
    const position = point && view.posAtCoords(point);
    if (position !== null) view.dispatch({ selection: { anchor: position } });
  }

  /** Replaces the whole text, as typing would. */
  function setText(sql: string): void {
    if (view) replaceText(view, sql);
    commit();
  }

  return { focusAt, commit, preview, format, setText };
}

/** Changes only what differs, so that the cursor stays where it was. */
function replaceText(view: EditorView, text: string): void {
  const { start, end, text: insert } = changeBetween(view.state.doc.toString(), text);
  if (start < end || insert !== '') view.dispatch({ changes: { from: start, to: end, insert } });
}
