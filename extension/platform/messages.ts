import { commands, l10n, window } from 'vscode';
import { PikaError, toWireError } from '#common/base/pikaError';

/** Shows a failure that belongs to no node, with its hint and a way to the log; cancelling is no failure. */
export async function showError(error: unknown): Promise<void> {
  const { code, message, details } = toWireError(error);
  if (code === 'cancelled' || code === 'disposed') return;
  const showLog = l10n.t('Show Log');
  const text = details.hint ? `${message} ${details.hint}` : message;
  const choice = await window.showErrorMessage(text, showLog);
  if (choice === showLog) await commands.executeCommand('pika.showLog');
}

/** A command body whose failure is shown to the user instead of being thrown at VS Code. */
export function shownOnFailure<A extends unknown[], R>(
  body: (...parameters: A) => Promise<R>,
): (...parameters: A) => Promise<R | undefined> {
  return async (...parameters) => {
    try {
      return await body(...parameters);
    } catch (error) {
      await showError(error);
      return undefined;
    }
  };
}

/** The error for work that Restricted Mode forbids. */
export function untrustedError(): PikaError {
  return new PikaError('untrusted', l10n.t('Pika runs nothing in Restricted Mode.'), {
    hint: l10n.t('Trust this workspace to read data and run queries.'),
  });
}
