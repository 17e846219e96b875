import { dirname } from 'node:path';
import type { PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { absolutePath, documentPath } from './paths.ts';

/** The same document for another folder: relative source paths point to the same files as before. */
export function rebaseDocument(document: PikaDocument, fromFile: string, toFile: string): PikaDocument {
  const from = dirname(fromFile);
  const to = dirname(toFile);
  const rebase = (node: PikaNode): PikaNode =>
    node.kind === 'source'
      ? { ...node, files: node.files.map((path) => documentPath(absolutePath(path, from), to)) }
      : node;
  return { ...document, nodes: document.nodes.map(rebase) };
}
