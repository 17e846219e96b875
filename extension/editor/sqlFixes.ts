import { CodeAction, CodeActionKind, Diagnostic, DiagnosticSeverity, l10n, Range, WorkspaceEdit } from 'vscode';
import type { CodeActionContext, TextDocument } from 'vscode';
import type { SqlProblem } from '#common/sql/sqlProblem';

/** A fault of a text, with the names that could stand in its place. */
export class SqlDiagnostic extends Diagnostic {
  override readonly source = 'Pika';
  readonly fixes: readonly string[];

  constructor(document: TextDocument, { message, start, end, fixes }: SqlProblem) {
    super(new Range(document.positionAt(start), document.positionAt(end)), message, DiagnosticSeverity.Error);
    this.fixes = fixes;
  }
}

/** Quick fixes of the faults at a place: a name in place of one that is not found, the likeliest first. */
export function quickFixes(
  document: TextDocument,
  { diagnostics }: Pick<CodeActionContext, 'diagnostics'>,
): CodeAction[] {
  const ours = diagnostics.filter((each) => each instanceof SqlDiagnostic);
  return ours.flatMap((diagnostic) =>
    diagnostic.fixes.map((name, index) => {
      const action = new CodeAction(l10n.t('Use {0}', name), CodeActionKind.QuickFix);
      action.edit = new WorkspaceEdit();
      action.edit.replace(document.uri, diagnostic.range, name);
      action.diagnostics = [diagnostic];
      action.isPreferred = index === 0;
      return action;
    }),
  );
}
