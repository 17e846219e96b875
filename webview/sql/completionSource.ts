import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import type { SqlCompletion } from '#common/sql/completeSql';
import type { SqlService } from './sqlService.ts';

const STARTS = /[\p{L}_"$.'/]$/u;
const WORD = /^["$]?[\p{L}\p{N}_$]*"?$/u;
const PATH = /^[^'\n]*$/;
/** CodeMirror orders by its own match; this keeps our order among equal ones. */
const MAX_BOOST = 99;

const TYPES: Readonly<Record<SqlCompletion['kind'], string>> = {
  column: 'property',
  table: 'class',
  function: 'function',
  keyword: 'keyword',
  file: 'text',
  parameter: 'variable',
};

/** Completions from the extension, asked for while a word is typed, behind a dot, a quote or a space on demand. */
export function completionSource(service: SqlService): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const { state, pos } = context;
    const line = state.doc.lineAt(pos);
    const isAfterTableWord = /\b(?:from|join)\s$/i.test(line.text.slice(0, pos - line.from));
    if (!context.explicit && !isAfterTableWord && !STARTS.test(line.text.slice(0, pos - line.from))) return null;
    const { start, items, isPartial } = await service.complete(state.doc.toString(), pos);
    if (items.length === 0 || context.aborted) return null;
    const isFile = items[0]?.kind === 'file';
    const result = { from: start, options: items.map(option) };
    return isPartial ? { ...result, filter: true } : { ...result, validFor: isFile ? PATH : WORD };
  };
}

function option(item: SqlCompletion, index: number): Completion {
  return {
    label: item.label,
    type: TYPES[item.kind],
    detail: item.detail,
    boost: Math.max(-MAX_BOOST, MAX_BOOST - index),
    apply: (view, _, from, to) => insert(view, item, from, to),
    ...(item.description === '' ? {} : { info: item.description }),
  };
}

function insert(view: EditorView, { insert: text, kind }: SqlCompletion, from: number, to: number): void {
  const next = view.state.sliceDoc(to, to + 1);
  const isCall = kind === 'function' && next === '(';
  const isSpaced = text.endsWith(' ') && next === ' ';
  const shown = isCall ? text.slice(0, text.indexOf('(')) : isSpaced ? text.trimEnd() : text;
  const mark = shown.indexOf('|');
  const inserted = mark < 0 ? shown : shown.slice(0, mark) + shown.slice(mark + 1);
  view.dispatch({
    changes: { from, to, insert: inserted },
    selection: { anchor: from + (mark < 0 ? inserted.length : mark) },
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
}
