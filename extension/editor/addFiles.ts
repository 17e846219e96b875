import { resolve } from 'node:path';
import { Uri, workspace } from 'vscode';
import type { NodeLayout, PikaNode } from '#common/document/pikaDocument';
import { NODE_SIZE } from '#common/document/placeNodes';
import { uniqueId } from '#common/document/names';
import type { CanvasPoint } from '#common/protocol/webviewContract';
import { untrustedError } from '../platform/messages.ts';
import type { DocumentSession } from './documentSession.ts';
import { selectData } from './documentOfData.ts';
import { documentPath } from './paths.ts';

const GAP_PX = 40;

/** Files that the user dropped or pasted on a workspace. */
export interface AddedFiles {
  /** Paths, relative ones being relative to the workspace, and `file:` addresses. */
  readonly files: readonly string[];
  /** Where the first source goes; null is any free place. */
  readonly at: CanvasPoint | null;
}

/**
 * Adds a source for each file or folder, in one undo step.
 * @param confirm Lets the engine read them, or throws.
 * @throws PikaError `source-missing` or `source-format` when one of them cannot be a source, and what `confirm` throws;
 * then none is added.
 */
export async function addFiles(
  session: DocumentSession,
  { files, at }: AddedFiles,
  confirm: (paths: readonly string[]) => Promise<void>,
): Promise<{ ids: readonly string[] }> {
  const { baseDirectory } = session.store;
  if (!workspace.isTrusted) throw untrustedError();
  const paths = files.map((file) => pathOf(file, baseDirectory));
  await confirm(paths);
  const selections = await selectData(paths);
  const taken = session.document.nodes.map(({ id }) => id);
  const nodes = selections.map(({ name, files: parts, format }): PikaNode => {
    const id = uniqueId(name, taken);
    taken.push(id);
    return {
      id,
      kind: 'source',
      files: parts.map((path) => documentPath(path, baseDirectory)),
      format,
      options: {},
      extra: {},
    };
  });
  await session.edits.apply({ type: 'add', nodes, layout: at ? columnAt(at, nodes) : {} });
  return { ids: nodes.map(({ id }) => id) };
}

function pathOf(file: string, baseDirectory: string): string {
  if (/^file:/i.test(file)) return Uri.parse(file).fsPath;
  return resolve(baseDirectory, file);
}

function columnAt({ x, y }: CanvasPoint, nodes: readonly PikaNode[]): Readonly<Record<string, NodeLayout>> {
  const size = NODE_SIZE.source;
  return Object.fromEntries(
    nodes.map(({ id }, index) => [id, { x, y: y + index * (size.height + GAP_PX), ...size }] as const),
  );
}
