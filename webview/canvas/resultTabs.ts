import type { NodeKind, PikaDocument } from '#common/document/pikaDocument';
import type { ViewState } from '../link/viewState.ts';

/** A node of a result that can be looked at. */
export interface ResultTab {
  readonly id: string;
  readonly label: string;
}

const KIND_LABELS: Partial<Record<NodeKind, string>> = { query: 'SQL', table: 'Table', plot: 'Plot' };

/** What a result's panel offers to look at; nodes of one kind are told apart by their names. */
export function resultTabs({ nodes }: PikaDocument): readonly ResultTab[] {
  return nodes.flatMap(({ id, kind }) => {
    const label = KIND_LABELS[kind];
    const isOnly = nodes.filter((each) => each.kind === kind).length === 1;
    return label === undefined ? [] : [{ id, label: isOnly ? label : `${label}: ${id}` }];
  });
}

/** The node that a panel shows: the one it showed last, or else the first that shows rows. */
export function firstTab({ nodes }: PikaDocument, { activeId }: ViewState): string | null {
  const isThere = nodes.some(({ id }) => id === activeId);
  return isThere ? activeId : (nodes.find(({ kind }) => kind === 'table' || kind === 'plot')?.id ?? null);
}
