import type { CustomTextEditorProvider, TextDocument, Uri, WebviewPanel } from 'vscode';
import { TextDocumentStore } from './documentStore.ts';
import type { Sessions } from './sessions.ts';
import { webviewHtml, webviewRoot } from './webviewHtml.ts';

/** View type of the `.pika` editor. */
export const WORKSPACE_VIEW_TYPE = 'pika.workspace';

/** The custom editor for `.pika` documents. */
export class WorkspaceEditorProvider implements CustomTextEditorProvider {
  constructor(
    private readonly extensionUri: Uri,
    private readonly sessions: Sessions,
  ) {}

  resolveCustomTextEditor(document: TextDocument, panel: WebviewPanel): void {
    startWebview(panel, this.extensionUri);
    this.sessions.attach(document.uri, panel, () => new TextDocumentStore(document));
  }
}

/** Gives a panel Pika's page. */
export function startWebview(panel: WebviewPanel, extensionUri: Uri): void {
  panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
  panel.webview.html = webviewHtml(panel.webview, extensionUri);
}
