import { commands, TabInputCustom, TabInputText, window, type Tab, type TabGroup, type Uri } from 'vscode';

/**
 * Takes back, or does again, the last step of a document. VS Code does that in the editor in front alone, so one of the
 * document's editors is brought there; a document that is in no editor stays as it is.
 */
export async function stepInEditor(uri: Uri, step: 'undo' | 'redo'): Promise<void> {
  const { activeTabGroup } = window.tabGroups;
  const isInFront = shows(activeTabGroup.activeTab, uri);
  if (isInFront) await commands.executeCommand('workbench.action.focusActiveEditorGroup');
  else if (!(await bringToFront(uri))) return;
  await commands.executeCommand(step);
}

function shows(tab: Tab | undefined, uri: Uri): boolean {
  const input = tab?.input;
  const isEditor = input instanceof TabInputCustom || input instanceof TabInputText;
  return isEditor && input.uri.toString() === uri.toString();
}

/** @returns Whether there is such an editor. */
async function bringToFront(uri: Uri): Promise<boolean> {
  const groups: readonly TabGroup[] = window.tabGroups.all;
  for (const { tabs, viewColumn } of groups) {
    const input = tabs.find((tab) => shows(tab, uri))?.input;
    if (input === undefined) continue;
    const viewType = input instanceof TabInputCustom ? input.viewType : 'default';
    await commands.executeCommand('vscode.openWith', uri, viewType, { viewColumn });
    return true;
  }
  return false;
}
