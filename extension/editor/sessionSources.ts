import { companionFiles } from '#common/document/companionFiles';
import type { DocumentGraph } from '#common/document/graph';
import type { PikaDocument, SourceNode } from '#common/document/pikaDocument';
import { absolutePath } from './paths.ts';

/** The files of every source of a document: absolute paths or globs by node id. */
export function sourceFiles(document: PikaDocument, baseDirectory: string): ReadonlyMap<string, readonly string[]> {
  const sources = document.nodes.filter((node) => node.kind === 'source');
  return new Map(sources.map(({ id, files }) => [id, files.map((path) => absolutePath(path, baseDirectory))]));
}

/** What of a source is to be watched: absolute paths or globs. */
export interface WatchedSource {
  readonly files: readonly string[];
  /** Write-ahead logs that may come to stand beside the files; reading a database makes empty ones. */
  readonly logs: readonly string[];
}

/** What is to be watched of every source of a document, by node id. */
export function watchedSources(document: PikaDocument, baseDirectory: string): ReadonlyMap<string, WatchedSource> {
  const sources = document.nodes.filter((node) => node.kind === 'source');
  return new Map(
    sources.map(({ id, files: paths, format }) => {
      const files = paths.map((path) => absolutePath(path, baseDirectory));
      return [id, { files, logs: files.flatMap((file) => companionFiles(file, format)) }];
    }),
  );
}

/** The source a node's failure came from: the node itself, or the one it reads that has the named file, or the only one. */
export function sourceBehind(
  id: string,
  path: string | undefined,
  within: { readonly document: PikaDocument; readonly graph: DocumentGraph; readonly baseDirectory: string },
): SourceNode | undefined {
  const { document, graph, baseDirectory } = within;
  const ids = new Set([id, ...graph.reach(id)]);
  const sources = document.nodes.filter((node) => node.kind === 'source').filter((node) => ids.has(node.id));
  const files = sourceFiles(document, baseDirectory);
  const named = sources.find((node) => path !== undefined && files.get(node.id)?.includes(path));
  return named ?? (sources.length === 1 ? sources[0] : undefined);
}
