import { dirname } from 'node:path';
import { workspace, type CustomTextEditorProvider, type TextDocument, type Uri, type WebviewPanel } from 'vscode';
import { readDocument } from '#common/document/readDocument';
import { writeDocument } from '#common/document/writeDocument';
import type { AllowedPaths } from './allowedPaths.ts';
import { TextDocumentStore } from './documentStore.ts';
import { rebaseDocument } from './rebaseDocument.ts';
import type { Sessions } from './sessions.ts';
import { webviewHtml, webviewRoot } from './webviewHtml.ts';

/** View type of the `.pika` editor. */
export const WORKSPACE_VIEW_TYPE = 'pika.workspace';

/** The custom editor for `.pika` documents. */
export class WorkspaceEditorProvider implements CustomTextEditorProvider {
  constructor(
    private readonly extensionUri: Uri,
    private readonly sessions: Sessions,
    private readonly allowed: AllowedPaths,
  ) {}

  async resolveCustomTextEditor(document: TextDocument, panel: WebviewPanel): Promise<void> {
    await this.#rebaseAfterSaveAs(document);
    // A folder that an untitled workspace is only proposed for was not chosen by the user.
    const isChosen = !document.isUntitled && !workspace.getWorkspaceFolder(document.uri);
    if (isChosen) await this.allowed.allow([dirname(document.uri.fsPath)]);
    startWebview(panel, this.extensionUri);
    this.sessions.attach(document.uri, panel, () => new TextDocumentStore(document));
  }

  /** VS Code's *Save As* (and the first save of an untitled workspace) copies the text, whose paths belong to the old folder. */
  async #rebaseAfterSaveAs(document: TextDocument): Promise<void> {
    const origin = this.sessions.takeSaveAsOrigin(document.uri, document.getText());
    if (!origin) return;
    const store = new TextDocumentStore(document);
    const { document: content } = readDocument(store.text);
    await store.write(writeDocument(rebaseDocument(content, origin.fsPath, document.uri.fsPath)), 'user');
    store.dispose();
    if (document.isDirty) await document.save();
  }
}

/** Gives a panel Pika's page. */
export function startWebview(panel: WebviewPanel, extensionUri: Uri): void {
  panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
  panel.webview.html = webviewHtml(panel.webview, extensionUri, 'main');
}
