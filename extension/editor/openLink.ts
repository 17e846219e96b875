import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, env, l10n, Uri } from 'vscode';
import { PikaError } from '#common/base/pikaError';
import { readNoteLink } from '#common/document/noteLinks';

/** Follows a link of a note, after the user clicked it. @throws PikaError when it leads nowhere. */
export async function openLink(href: string, baseDirectory: string): Promise<void> {
  const link = readNoteLink(href);
  if (!link) throw new PikaError('bad-request', l10n.t('{0} is no link that a note can open.', href));
  if (link.kind === 'address') {
    await env.openExternal(Uri.parse(link.href, true));
    return;
  }
  const path = join(baseDirectory, link.path);
  await stat(path).catch((error: unknown) => {
    throw new PikaError('source-missing', l10n.t('{0} is not there.', path), { path }, { cause: error });
  });
  await commands.executeCommand('vscode.open', Uri.file(path));
}
