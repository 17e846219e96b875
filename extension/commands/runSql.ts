import { l10n, window } from 'vscode';
import { PikaError } from '#common/base/pikaError';
import type { Sessions } from '../editor/sessions.ts';
import { sqlFileOf } from '../editor/sqlFiles.ts';

/** *Pika: Run SQL*: gives the text of the active SQL editor to its query node, which runs. */
export async function runSql(sessions: Sessions): Promise<void> {
  const document = window.activeTextEditor?.document;
  const file = document && sqlFileOf(document.uri);
  if (!document || !file) {
    const hint = l10n.t('Open SQL in Editor shows one.');
    throw new PikaError('bad-request', l10n.t('This is no editor of a query.'), { hint });
  }
  const session = sessions.require(file.workspace);
  const isNew = document.isDirty;
  if (isNew && !(await document.save())) return;
  // A changed query runs by itself, unless the workspace waits to be asked.
  if (!isNew || session.document.runMode === 'on-request') await session.runs.run(file.nodeId);
}
