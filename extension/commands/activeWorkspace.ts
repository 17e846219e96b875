import { l10n } from 'vscode';
import { PikaError } from '#common/base/pikaError';
import type { PikaNode } from '#common/document/pikaDocument';
import type { DocumentSession } from '../editor/documentSession.ts';
import type { Sessions } from '../editor/sessions.ts';

/** The workspace the user looked at last. @throws PikaError `node-missing` when there is none. */
export function requireActive({ activeWorkspace }: Sessions): DocumentSession {
  if (activeWorkspace) return activeWorkspace;
  throw new PikaError('node-missing', l10n.t('No workspace is active.'), {
    hint: l10n.t('Open a data file with Pika: Open Data File… first.'),
  });
}

/** Adds nodes in one undo step and shows the first of them. */
export async function addAndReveal(
  sessions: Sessions,
  session: DocumentSession,
  nodes: readonly PikaNode[],
): Promise<void> {
  await session.edits.apply({ type: 'add', nodes, layout: {} });
  const [first] = nodes;
  if (first) sessions.reveal(session.store.uri, first.id);
}

/** Ids of a workspace's nodes. */
export function idsOf({ document }: DocumentSession): readonly string[] {
  return document.nodes.map(({ id }) => id);
}
