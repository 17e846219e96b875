import { l10n, window, type QuickPickItem } from 'vscode';
import type { NodeKind, PikaNode } from '#common/document/pikaDocument';
import type { DocumentSession } from '../editor/documentSession.ts';
import type { Sessions } from '../editor/sessions.ts';

/** What the menu of a node passes to its command. */
export interface ClickedNode {
  readonly nodeId?: string;
}

/** What to ask for. */
export interface NodeQuestion {
  readonly placeHolder: string;
  readonly fits?: (node: PikaNode) => boolean;
}

const ICONS: Readonly<Record<NodeKind, string>> = {
  source: 'file',
  query: 'database',
  table: 'table',
  plot: 'graph',
  note: 'note',
  frame: 'group-by-ref-type',
  unknown: 'symbol-misc',
};

const MAX_DETAIL = 120;

/** Whether a node has, or shows, rows. */
export function hasRows(node: PikaNode): boolean {
  return node.kind === 'source' || node.kind === 'query' || node.kind === 'table' || node.kind === 'plot';
}

/** Asks which node of the active workspace is meant, those that are selected first; undefined when the user left. */
export async function pickNode(
  sessions: Sessions,
  { placeHolder, fits = () => true }: NodeQuestion,
): Promise<string | undefined> {
  const session = sessions.requireActive();
  const { selectedIds } = sessions;
  const rank = ({ id }: PikaNode) => (selectedIds.includes(id) ? 0 : 1);
  const nodes = session.document.nodes.filter(fits).toSorted((a, b) => rank(a) - rank(b));
  if (nodes.length === 0) {
    void window.showInformationMessage(l10n.t('This workspace has no such node yet.'));
    return undefined;
  }
  // A canvas that shows a new node takes the focus, which must not close the list.
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true };
  return (await window.showQuickPick(itemsOf(session, nodes), options))?.id;
}

function itemsOf(session: DocumentSession, nodes: readonly PikaNode[]): (QuickPickItem & { readonly id: string })[] {
  const rowCounts = new Map(session.apiNodes().map(({ id, rowCount }) => [id, rowCount]));
  return nodes.map((node) => ({
    id: node.id,
    label: `$(${ICONS[node.kind]}) ${node.id}`,
    description: descriptionOf(node, rowCounts.get(node.id) ?? null),
    detail: shortened(textOf(node)),
  }));
}

function descriptionOf(node: PikaNode, rowCount: number | null): string {
  const rows = rowCount === null ? '' : l10n.t('{0} rows', rowCount.toLocaleString('en-US'));
  return [wordOf(node), rows].filter((part) => part !== '').join(' · ');
}

function wordOf(node: PikaNode): string {
  if (node.kind === 'table' || node.kind === 'plot') return l10n.t('{0} of {1}', node.kind, node.data);
  return node.kind === 'unknown' ? node.unknownKind : node.kind;
}

/** What is written in a node, to be found by. */
function textOf(node: PikaNode): string {
  switch (node.kind) {
    case 'source':
      return node.files.join(', ');
    case 'query':
      return node.sql;
    case 'note':
      return node.text;
    case 'frame':
      return node.title;
    case 'table':
    case 'plot':
    case 'unknown':
      return '';
  }
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_DETAIL ? `${line.slice(0, MAX_DETAIL)}…` : line;
}
