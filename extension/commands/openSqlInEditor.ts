import { l10n } from 'vscode';
import type { Sessions } from '../editor/sessions.ts';
import type { SqlEditors } from '../editor/sqlEditors.ts';
import { pickNode, type ClickedNode } from './pickNode.ts';

/** *Pika: Open SQL in Editor*: a query's SQL in a text editor beside the canvas; saving it changes the node. */
export async function openSqlInEditor(sessions: Sessions, editors: SqlEditors, clicked?: ClickedNode): Promise<void> {
  const session = sessions.requireActive();
  const question = { placeHolder: l10n.t('Open the SQL of which query?') };
  const id = clicked?.nodeId ?? (await pickNode(sessions, { ...question, fits: ({ kind }) => kind === 'query' }));
  if (id !== undefined) await editors.open(session, id);
}
