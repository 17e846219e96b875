import type { WebviewPanel } from 'vscode';
import type { MessagePipe } from '#common/protocol/rpc';

/** The messages between the extension and a panel's page. */
export function panelPipe({ webview }: WebviewPanel): MessagePipe {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
