import { join } from 'node:path';
import { commands, extensions, Uri, window, workspace } from 'vscode';
import type { ApiNode, PikaApi, UriLike } from '#common/protocol/api';

/** The extension's API, as another extension gets it. */
export async function pikaApi(): Promise<PikaApi> {
  const extension = extensions.getExtension<PikaApi>('pika-plot.pika-plot');
  if (!extension) throw new Error('the packaged extension is not installed');
  return extension.activate();
}

/** Path of a file in the folder that the tests opened. */
export function filePath(...parts: readonly string[]): string {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open');
  return join(folder.uri.fsPath, ...parts);
}

/** A workspace that a test opened on data. */
export interface Opened {
  readonly uri: UriLike;
  readonly nodes: readonly ApiNode[];
}

/** Opens data files as *Open in Pika* does, and waits until everything has run and is drawn. */
export async function openAndWait(...paths: readonly string[]): Promise<Opened> {
  const api = await pikaApi();
  const uri = await api.openData(paths.map((path) => Uri.file(path)));
  await api.whenIdle(uri);
  return { uri, nodes: api.nodes(uri) };
}

/** Opens a saved workspace in its editor, and waits until everything has run and is drawn. */
export async function openWorkspace(path: string): Promise<Opened> {
  const api = await pikaApi();
  const uri = Uri.file(path);
  await commands.executeCommand('vscode.openWith', uri, 'pika.workspace');
  await api.whenIdle(uri);
  return { uri, nodes: api.nodes(uri) };
}

/** The only node of a kind. */
export function nodeOfKind(nodes: readonly ApiNode[], kind: ApiNode['kind']): ApiNode {
  const found = nodes.filter((node) => node.kind === kind);
  const [node] = found;
  if (node === undefined || found.length > 1) throw new Error(`${found.length} nodes of kind ${kind}`);
  return node;
}

/** The text of an open workspace. */
export async function documentText(uri: UriLike): Promise<string> {
  const document = await workspace.openTextDocument(Uri.parse(uri.toString()));
  return document.getText();
}

/** Closes every editor without saving. */
export async function revertAll(): Promise<void> {
  while (window.tabGroups.all.some((group) => group.tabs.length > 0)) {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}
