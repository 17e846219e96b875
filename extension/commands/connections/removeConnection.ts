import { l10n, window } from 'vscode';
import type { RemoteConnections } from '../../host/remoteConnections.ts';
import { updateConnections } from './addConnection.ts';
import { connectionWords } from './connectionWords.ts';

/** *Pika: Remove Connection…*: forgets a connection and its secrets; sources that name it say so. */
export async function removeConnection(remote: RemoteConnections): Promise<void> {
  const words = connectionWords();
  const items = remote.definitions.map(({ name, type }) => ({ label: name, description: words[type].label }));
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t('There are no connections on this machine.'));
    return;
  }
  const picked = await window.showQuickPick(items, {
    placeHolder: l10n.t('The connection to remove, with its secrets'),
  });
  if (!picked) return;
  await remote.removeSecrets(picked.label);
  await updateConnections((all) => all.filter(({ name }) => name !== picked.label));
}
