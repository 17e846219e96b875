import type { SourceNode } from './pikaDocument.ts';

/** Where a source's data is, as people read it. */
export function sourcePath({ files, remote }: Pick<SourceNode, 'files' | 'remote'>): string {
  return remote ? `${remote.connection}: ${remote.target}` : files.join(', ');
}
