import { l10n, window } from 'vscode';
import { PikaError } from '#common/base/pikaError';
import { sqlIdentifier, uniqueId } from '#common/document/names';
import { choosePlot } from '#common/plot/choosePlot';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { DocumentSession } from '../editor/documentSession.ts';
import type { Sessions } from '../editor/sessions.ts';
import { addAndReveal, idsOf, requireActive } from './activeWorkspace.ts';

interface DataColumns {
  readonly id: string;
  readonly columns: readonly ColumnInfo[];
}

/** *Pika: Plot Column…*: a plot of one column of the active workspace: a histogram, or bars of its categories. */
export async function plotColumn(sessions: Sessions): Promise<void> {
  const session = requireActive(sessions);
  const items = dataOf(session).flatMap(({ id, columns }) =>
    columns.map((column) => ({ label: column.name, description: column.type, detail: id, id, column })),
  );
  if (items.length === 0) throw noData();
  const placeHolder = l10n.t('A column to plot');
  const picked = await window.showQuickPick(items, { placeHolder, matchOnDetail: true });
  if (!picked) return;
  const spec = choosePlot([picked.column]);
  if (!spec) {
    throw new PikaError('plot-impossible', l10n.t('{0} holds values that cannot be plotted.', picked.label));
  }
  const plotId = uniqueId(`${picked.id}_plot`, idsOf(session));
  await addAndReveal(sessions, session, [{ kind: 'plot', id: plotId, data: picked.id, spec, extra: {} }]);
}

/** *Pika: Profile Table*: a query of statistics of every column of a node, with its table. */
export async function profileTable(sessions: Sessions): Promise<void> {
  const session = requireActive(sessions);
  const data = dataOf(session);
  const [only] = data;
  if (!only) throw noData();
  const items = data.map(({ id, columns }) => ({ label: id, description: l10n.t('{0} columns', columns.length) }));
  const placeHolder = l10n.t('A source or query to profile');
  const picked = data.length === 1 ? { label: only.id } : await window.showQuickPick(items, { placeHolder });
  if (!picked) return;
  const id = uniqueId(`${picked.label}_profile`, idsOf(session));
  const tableId = uniqueId(`${id}_table`, [...idsOf(session), id]);
  await addAndReveal(sessions, session, [
    { kind: 'query', id, sql: `SUMMARIZE ${sqlIdentifier(picked.label)}`, extra: {} },
    { kind: 'table', id: tableId, data: id, extra: {} },
  ]);
}

function dataOf(session: DocumentSession): readonly DataColumns[] {
  return session.snapshot().statuses.flatMap(({ id, kind, columns }) => {
    const isData = kind === 'source' || kind === 'query';
    return isData && columns && columns.length > 0 ? [{ id, columns }] : [];
  });
}

function noData(): PikaError {
  return new PikaError('node-missing', l10n.t('No node of this workspace has columns yet.'), {
    hint: l10n.t('Wait until its data has been read, or run it.'),
  });
}
