import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { onBeforeUnmount, onMounted, watch, type ShallowRef } from 'vue';
import { styleNonce } from '../ui/styleNonce.ts';
import { fixedExtensions, sqlLanguage } from './sqlExtensions.ts';
import type { SqlSchema } from './sqlSchema.ts';

/** What an editor shows and whom it tells. */
export interface SqlEditorOptions {
  readonly host: Readonly<ShallowRef<HTMLElement | null>>;
  readonly sql: () => string;
  readonly schema: () => SqlSchema;
  readonly isReadOnly: () => boolean;
  /** The text was changed and left, saved or run. */
  readonly commit: (sql: string) => void;
  readonly run: () => void;
  readonly leave: () => void;
}

/** One CodeMirror editor of one SQL text; typing is committed as a whole when the editor is left. */
export function useSqlEditor(options: SqlEditorOptions) {
  const language = new Compartment();
  const rights = new Compartment();
  let view: EditorView | undefined;
  let committed = options.sql();

  function commit(): void {
    const text = view?.state.doc.toString() ?? committed;
    if (text === committed || options.isReadOnly()) return;
    committed = text;
    options.commit(text);
  }

  function show(sql: string): void {
    const isTyping = view && view.state.doc.toString() !== committed;
    committed = sql;
    if (!view || isTyping || view.state.doc.toString() === sql) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: sql } });
  }

  function run(): void {
    commit();
    options.run();
  }

  onMounted(() => {
    if (!options.host.value) return;
    const keys = { run, leave: options.leave, save: commit };
    view = new EditorView({
      parent: options.host.value,
      state: EditorState.create({
        doc: committed,
        extensions: [
          fixedExtensions(keys, styleNonce()),
          language.of(sqlLanguage(options.schema())),
          rights.of(EditorState.readOnly.of(options.isReadOnly())),
          EditorView.domEventHandlers({ blur: () => commit() }),
        ],
      }),
    });
  });
  watch(options.sql, show);
  watch(options.schema, (schema) => view?.dispatch({ effects: language.reconfigure(sqlLanguage(schema)) }));
  watch(options.isReadOnly, (is) => view?.dispatch({ effects: rights.reconfigure(EditorState.readOnly.of(is)) }));
  onBeforeUnmount(() => {
    commit();
    view?.destroy();
  });

  /** Puts the cursor at a point of the screen. */
  function focusAt(point: { x: number; y: number } | null): void {
    if (!view) return;
    view.focus();
    const position = point && view.posAtCoords(point);
    if (position !== null) view.dispatch({ selection: { anchor: position } });
  }

  return { focusAt, commit };
}
