import { l10n } from 'vscode';
import type { Sessions } from '../editor/sessions.ts';
import { pickNode } from './pickNode.ts';

/** *Pika: Go to Node…*: brings a node of the active workspace into view and selects it. */
export async function goToNode(sessions: Sessions): Promise<void> {
  const session = sessions.requireActive();
  const id = await pickNode(sessions, { placeHolder: l10n.t('Go to which node?') });
  if (id !== undefined) sessions.reveal(session.store.uri, id);
}
