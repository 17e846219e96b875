import { copyFile, mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Uri } from 'vscode';
import { readDocument } from '#common/document/readDocument';
import { rebaseDocument } from '../editor/rebaseDocument.ts';
import type { WorkspaceOpener } from '../editor/workspaceOpener.ts';

const WORKSPACE = 'weather.pika';
const DATA = ['weather.csv', 'normals.csv', 'LICENSE.txt'] as const;

/** Where the sample is in the installed extension, and where its data stays when the extension is updated or removed. */
export interface SamplePlaces {
  readonly installed: string;
  readonly kept: string;
}

/**
 * *Pika: Open Sample Workspace*: a finished workspace on real data, untitled, so that whatever is done with it leaves the
 * installed extension alone.
 */
export async function openSample(opener: WorkspaceOpener, { installed, kept }: SamplePlaces): Promise<Uri> {
  await mkdir(kept, { recursive: true });
  for (const name of DATA) await copyOnce(join(installed, name), join(kept, name));
  const { document } = readDocument(await readFile(join(installed, WORKSPACE), 'utf8'));
  const folder = opener.defaultFolder();
  const rebased = rebaseDocument(document, join(kept, WORKSPACE), join(folder, WORKSPACE));
  return opener.openUntitled(rebased, folder, 'weather');
}

/** A copy that is there already keeps its time, so that what was kept of the sample stays up to date. */
async function copyOnce(from: string, to: string): Promise<void> {
  const [wanted, present] = await Promise.all([stat(from), stat(to).catch(() => null)]);
  if (present?.size !== wanted.size) await copyFile(from, to);
}
