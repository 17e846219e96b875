import type { Uri } from 'vscode';
import { emptyDocument } from '#common/document/emptyDocument';
import type { WorkspaceOpener } from '../editor/workspaceOpener.ts';

/** *Pika: New Workspace*: an empty untitled workspace in the first workspace folder. */
export function newWorkspace(opener: WorkspaceOpener): Promise<Uri> {
  return opener.openUntitled(emptyDocument(), opener.defaultFolder(), 'workspace');
}
