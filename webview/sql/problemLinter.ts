import { linter, type Diagnostic } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import type { SqlProblem } from '#common/sql/sqlProblem';
import type { SqlService } from './sqlService.ts';

const PAUSE_MS = 250;

/** Underlines the faults of a text a moment after it was typed; an answer to an older text is dropped. */
export function problemLinter(service: SqlService): Extension {
  return linter(
    async ({ state }) => {
      const problems = await service.check(state.doc.toString()).catch(() => []);
      return problems.map((problem) => diagnostic(problem, state.doc.length));
    },
    { delay: PAUSE_MS },
  );
}

function diagnostic({ message, start, end, fixes }: SqlProblem, length: number): Diagnostic {
  const from = Math.min(start, length);
  return {
    from,
    to: Math.max(from, Math.min(end, length)),
    severity: 'error',
    message,
    actions: fixes.map((name) => ({
      name: `Use ${name}`,
      apply: (view, at, to) => view.dispatch({ changes: { from: at, to, insert: name } }),
    })),
  };
}
