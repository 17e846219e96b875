import { l10n, window } from 'vscode';
import { PikaError } from '#common/base/pikaError';
import { isCovered } from '../host/allowedPaths.ts';
import type { AllowedPaths } from './allowedPaths.ts';

const MAX_ASKED = 20;

/**
 * Lets the engine read what was dropped or pasted on a page. Beyond the workspace folders and what the user picked before,
 * a page's word is not enough: a modal message shows the paths and asks.
 * @throws PikaError `cancelled` when the user declines, `bad-request` when there are more paths than one can look through.
 */
export async function confirmPaths(allowed: AllowedPaths, paths: readonly string[]): Promise<void> {
  const known = allowed.all();
  const asked = paths.filter((path) => !isCovered([path], known));
  if (asked.length === 0) return;
  if (asked.length > MAX_ASKED) {
    throw new PikaError('bad-request', l10n.t('{0} files lie outside of the workspace folders.', asked.length), {
      hint: l10n.t('Add at most {0} of them at once, or the folder that holds them.', MAX_ASKED),
    });
  }
  const read = l10n.t('Read');
  const message = l10n.t('Let Pika read what lies outside of the workspace folders?');
  const detail = asked.map((path) => path.replace(/\p{C}/gu, ' ')).join('\n');
  if ((await window.showWarningMessage(message, { modal: true, detail }, read)) !== read) {
    throw new PikaError('cancelled', l10n.t('Nothing was added.'));
  }
  await allowed.allow(asked);
}
