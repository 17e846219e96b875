import { l10n, ProgressLocation, window } from 'vscode';
import { formatBytes } from '#common/base/formatBytes';
import type { EngineClient } from '../host/engineClient.ts';

/** *Pika: Clear Cache*: removes the imported copies that nothing uses and says how much room that made. */
export async function clearCache(engine: EngineClient): Promise<void> {
  const progress = { location: ProgressLocation.Window, title: l10n.t('Clearing the cache') };
  const { freedBytes } = await window.withProgress(progress, () => engine.clearCache());
  const sentence =
    freedBytes === 0
      ? l10n.t('There was nothing to remove from the cache.')
      : l10n.t('{0} were removed from the cache.', formatBytes(freedBytes));
  void window.showInformationMessage(sentence);
}
