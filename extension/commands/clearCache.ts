import { l10n, ProgressLocation, window } from 'vscode';
import { formatBytes } from '#common/base/formatBytes';
import type { ResultStore } from '../editor/kept/resultStore.ts';
import type { EngineClient } from '../host/engineClient.ts';

/** *Pika: Clear Cache*: removes the imported copies that nothing uses and the kept results, and says how much room that made. */
export async function clearCache(engine: EngineClient, results: ResultStore): Promise<void> {
  const progress = { location: ProgressLocation.Window, title: l10n.t('Clearing the cache') };
  const freedBytes = await window.withProgress(progress, async () => {
    const [imports, kept] = await Promise.all([engine.clearCache(), results.clear()]);
    return imports.freedBytes + kept;
  });
  const sentence =
    freedBytes === 0
      ? l10n.t('There was nothing to remove from the cache.')
      : l10n.t('{0} were removed from the cache.', formatBytes(freedBytes));
  void window.showInformationMessage(sentence);
}
