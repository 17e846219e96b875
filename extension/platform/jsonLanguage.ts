import { extensions, window } from 'vscode';
import type { Disposable } from '#common/base/scope';

/** Language of `.pika` files when they are opened as text. */
const PIKA_LANGUAGE = 'pika';

const JSON_EXTENSION = 'vscode.json-language-features';

/**
 * Has VS Code's JSON support complete, explain and check workspaces that are open as text. It takes part in the languages that
 * name themselves `jsonLanguageParticipants`, but does not start for them by itself.
 */
export function startJsonSupport(): Disposable {
  const start = () => {
    const isText = window.visibleTextEditors.some(({ document }) => document.languageId === PIKA_LANGUAGE);
    if (isText) void extensions.getExtension(JSON_EXTENSION)?.activate();
  };
  start();
  return window.onDidChangeVisibleTextEditors(start);
}
