import { dirname } from 'node:path';
import type { CustomDocument, CustomReadonlyEditorProvider, Uri, WebviewPanel } from 'vscode';
import { writeDocument } from '#common/document/writeDocument';
import type { AllowedPaths } from './allowedPaths.ts';
import { documentOfSelections, selectData } from './documentOfData.ts';
import { DataFileStore } from './documentStore.ts';
import type { Sessions } from './sessions.ts';
import { startWebview } from './workspaceEditor.ts';

/** View type of *Reopen Editor With… → Pika* on a data file. */
export const DATA_FILE_VIEW_TYPE = 'pika.dataFile';

/** Shows a data file in Pika without a workspace document: rows and a plot, read-only. */
export class DataFileEditorProvider implements CustomReadonlyEditorProvider {
  constructor(
    private readonly extensionUri: Uri,
    private readonly sessions: Sessions,
    private readonly allowed: AllowedPaths,
  ) {}

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): Promise<void> {
    const document = documentOfSelections(await selectData([uri.fsPath]), dirname(uri.fsPath));
    await this.allowed.allow([uri.fsPath]);
    startWebview(panel, this.extensionUri);
    this.sessions.attach(uri, panel, () => new DataFileStore(uri, writeDocument(document)));
  }
}
