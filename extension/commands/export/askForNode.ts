import { l10n, window } from 'vscode';
import type { PikaNode } from '#common/document/pikaDocument';
import type { DocumentSession } from '../../editor/documentSession.ts';

/** Whether a node has, or shows, rows. */
export function hasRows(node: PikaNode): boolean {
  return node.kind === 'source' || node.kind === 'query' || node.kind === 'table' || node.kind === 'plot';
}

/** Asks which node is meant, those that are selected first; undefined when the user left. */
export async function askForNode(
  session: DocumentSession,
  selectedIds: readonly string[],
  placeHolder: string,
): Promise<string | undefined> {
  const nodes = session.document.nodes.filter(hasRows);
  const rank = ({ id }: PikaNode) => (selectedIds.includes(id) ? 0 : 1);
  const rowCounts = new Map(session.apiNodes().map(({ id, rowCount }) => [id, rowCount]));
  const items = nodes
    .toSorted((a, b) => rank(a) - rank(b))
    .map((node) => ({
      label: `$(${iconOf(node)}) ${node.id}`,
      description: descriptionOf(node, rowCounts.get(node.id) ?? null),
      id: node.id,
    }));
  const picked = await window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked?.id;
}

function iconOf({ kind }: PikaNode): string {
  if (kind === 'table') return 'table';
  if (kind === 'plot') return 'graph';
  return kind === 'query' ? 'database' : 'file';
}

function descriptionOf(node: PikaNode, rowCount: number | null): string {
  const rows = rowCount === null ? '' : l10n.t('{0} rows', rowCount.toLocaleString('en-US'));
  const data = node.kind === 'table' || node.kind === 'plot' ? l10n.t('{0} of {1}', node.kind, node.data) : node.kind;
  return [data, rows].filter((part) => part !== '').join(' · ');
}
