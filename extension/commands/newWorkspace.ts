import type { Uri } from 'vscode';
import { emptyDocument } from '#common/document/emptyDocument';
import type { WorkspaceOpener } from '../editor/workspaceOpener.ts';
import { readNewRunMode } from '../platform/settings.ts';

/** *Pika: New Workspace*: an empty untitled workspace in the first workspace folder. */
export function newWorkspace(opener: WorkspaceOpener): Promise<Uri> {
  const runMode = readNewRunMode();
  const document = { ...emptyDocument(), ...(runMode === 'automatic' ? {} : { runMode }) };
  return opener.openUntitled(document, opener.defaultFolder(), 'workspace');
}
