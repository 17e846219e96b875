import { l10n, window } from 'vscode';
import { sqlName, sqlNameFromPath, uniqueId } from '#common/document/names';
import { remoteFormat } from '#common/document/readNode';
import type { ConnectionDefinition } from '#common/remote/connection';
import type { Sessions } from '../../editor/sessions.ts';
import type { RemoteConnections } from '../../host/remoteConnections.ts';
import { addAndReveal, idsOf, requireActive } from '../activeWorkspace.ts';
import { addConnection } from './addConnection.ts';
import { connectionWords } from './connectionWords.ts';

/** *Pika: Add Remote Data…*: a source of the active workspace that reads what a connection leads to. */
export async function addRemoteData(sessions: Sessions, remote: RemoteConnections): Promise<void> {
  const session = requireActive(sessions);
  const connection = await askForConnection(remote);
  if (!connection) return;
  const target = await askForTarget(connection);
  if (target === undefined) return;
  const id = uniqueId(nameOf(target, connection), idsOf(session));
  const format = remoteFormat(target);
  await addAndReveal(sessions, session, [
    { kind: 'source', id, files: [], format, options: {}, remote: { connection: connection.name, target }, extra: {} },
  ]);
}

async function askForConnection(remote: RemoteConnections): Promise<ConnectionDefinition | undefined> {
  const words = connectionWords();
  const known = remote.definitions;
  const added = { label: `$(add) ${l10n.t('Add Connection…')}`, description: '', connection: undefined };
  const items = known.map((connection) => ({
    label: connection.name,
    description: words[connection.type].label,
    connection,
  }));
  const placeHolder = l10n.t('The connection to read from');
  const picked = known.length === 0 ? added : await window.showQuickPick([...items, added], { placeHolder });
  if (!picked) return undefined;
  if (picked.connection) return picked.connection;
  const name = await addConnection(remote);
  return remote.definitions.find((each) => each.name === name);
}

async function askForTarget({ name, type }: ConnectionDefinition): Promise<string | undefined> {
  const text = await window.showInputBox({
    title: l10n.t('Add Remote Data from {0}', name),
    prompt: connectionWords()[type].target,
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === '' ? l10n.t('This is needed.') : null),
  });
  return text?.trim();
}

function nameOf(target: string, { fields }: ConnectionDefinition): string {
  if (fields['host'] !== undefined || fields['url'] === undefined || fields['catalog'] !== undefined) {
    return sqlName(target.split('.').at(-1) ?? target);
  }
  const named = target.split('/').filter((part) => part !== '' && !/[*?[]/.test(part));
  return sqlNameFromPath(named.at(-1) ?? target);
}
