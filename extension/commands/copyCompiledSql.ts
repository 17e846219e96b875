import { env, l10n, window } from 'vscode';
import type { Sessions } from '../editor/sessions.ts';
import { hasRows, pickNode, type ClickedNode } from './pickNode.ts';

const MESSAGE_MS = 5000;

/** *Pika: Copy Compiled SQL*: a node with everything it reads, as one statement that runs in any DuckDB. */
export async function copyCompiledSql(sessions: Sessions, clicked?: ClickedNode): Promise<void> {
  const session = sessions.requireActive();
  const question = { placeHolder: l10n.t('Copy the SQL of which node?'), fits: hasRows };
  const id = clicked?.nodeId ?? (await pickNode(sessions, question));
  if (id === undefined) return;
  await env.clipboard.writeText(await session.compiledSql(id));
  window.setStatusBarMessage(`$(copy) ${l10n.t('The SQL of {0} is on the clipboard.', id)}`, MESSAGE_MS);
}
