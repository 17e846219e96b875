import {
  CodeActionKind,
  CompletionItem,
  CompletionItemKind,
  CompletionList,
  languages,
  Range,
  SnippetString,
  TextEdit,
  type CodeActionContext,
  type TextDocument,
} from 'vscode';
import { Scope, type Disposable } from '#common/base/scope';
import type { SqlCompletion, SqlCompletions } from '#common/sql/completeSql';
import { formatSql } from '#common/sql/formatSql';
import type { Sessions } from './sessions.ts';
import { SQL_SCHEME, sqlFileOf } from './sqlFiles.ts';
import { quickFixes } from './sqlFixes.ts';

const SELECTOR = { scheme: SQL_SCHEME };
const TRIGGERS = ['.', '"', "'", '$', '/'];

const KINDS: Readonly<Record<SqlCompletion['kind'], CompletionItemKind>> = {
  column: CompletionItemKind.Field,
  table: CompletionItemKind.Class,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  file: CompletionItemKind.File,
  parameter: CompletionItemKind.Variable,
};

/** Completion, formatting and quick fixes of the SQL of query nodes in VS Code's text editors. */
export class SqlLanguage implements Disposable {
  readonly #scope = new Scope();

  constructor(private readonly sessions: Sessions) {
    const completion = {
      provideCompletionItems: (document: TextDocument, position: Parameters<TextDocument['offsetAt']>[0]) =>
        this.#complete(document, document.offsetAt(position)),
    };
    this.#scope.own(languages.registerCompletionItemProvider(SELECTOR, completion, ...TRIGGERS));
    const formatting = { provideDocumentFormattingEdits: formattingEdits };
    this.#scope.own(languages.registerDocumentFormattingEditProvider(SELECTOR, formatting));
    const fixes = {
      provideCodeActions: (document: TextDocument, _: Range, context: CodeActionContext) =>
        quickFixes(document, context),
    };
    const metadata = { providedCodeActionKinds: [CodeActionKind.QuickFix] };
    this.#scope.own(languages.registerCodeActionsProvider(SELECTOR, fixes, metadata));
  }

  dispose(): void {
    this.#scope.dispose();
  }

  async #complete(document: TextDocument, offset: number): Promise<CompletionList | null> {
    const file = sqlFileOf(document.uri);
    const session = file && this.sessions.find(file.workspace);
    if (!session) return null;
    const completions = await session.sql.complete(file.nodeId, document.getText(), offset);
    return listOf(document, offset, completions);
  }
}

function listOf(document: TextDocument, offset: number, { start, items }: SqlCompletions): CompletionList {
  const range = new Range(document.positionAt(start), document.positionAt(offset));
  const isQuoted = document.getText(range).startsWith('"');
  // What fits depends on more than the word's letters, so every letter asks again.
  return new CompletionList(
    items.map((item, index) => itemOf(item, index, range, isQuoted)),
    true,
  );
}

function itemOf(completion: SqlCompletion, index: number, range: Range, isQuoted: boolean): CompletionItem {
  const { label, kind, detail, description } = completion;
  const item = new CompletionItem({ label, description: detail }, KINDS[kind]);
  item.range = range;
  item.insertText = snippetOf(completion.insert);
  item.sortText = String(index).padStart(4, '0');
  item.filterText = isQuoted && !label.startsWith('"') ? `"${label}` : label;
  if (description !== '') item.documentation = description;
  return item;
}

/** `|` is where the cursor goes. */
function snippetOf(insert: string): SnippetString {
  const mark = insert.indexOf('|');
  if (mark < 0) return new SnippetString().appendText(insert);
  const [before, after] = [insert.slice(0, mark), insert.slice(mark + 1)];
  return new SnippetString().appendText(before).appendTabstop(0).appendText(after);
}

function formattingEdits(document: TextDocument): TextEdit[] {
  const all = new Range(document.positionAt(0), document.positionAt(document.getText().length));
  return [TextEdit.replace(all, formatSql(document.getText()))];
}
