import { formatBytes } from '#common/base/formatBytes';
import type { NodeStatus } from '#common/protocol/webviewContract';
import { formatCount, formatPercent } from '../ui/format.ts';

/** A number worth large letters, with what it counts. */
export interface Figure {
  readonly value: string;
  readonly label: string;
}

/** What a source's card says in large letters, as far as it is known. */
export function sourceFigures(status: NodeStatus | undefined): Figure[] {
  if (!status) return [];
  const { rowCount, columns, source } = status;
  const figures: Figure[] = [];
  if (rowCount !== null) figures.push({ value: formatCount(rowCount), label: rowCount === 1 ? 'row' : 'rows' });
  else if (columns) figures.push({ value: '…', label: 'rows' });
  if (columns) {
    figures.push({ value: formatCount(columns.length), label: columns.length === 1 ? 'column' : 'columns' });
  }
  if (source?.access === 'remote') figures.push({ value: 'remote', label: 'not copied' });
  else if (source) figures.push({ value: formatBytes(source.byteLength), label: accessWord(status) });
  return figures;
}

function accessWord({ source, progress }: NodeStatus): string {
  switch (source?.access) {
    case 'importing':
      return progress === null ? 'importing' : `importing ${formatPercent(progress)}`;
    case 'imported':
      return 'imported';
    case 'loaded':
      return 'loaded';
    case 'remote':
      return 'remote';
    case 'in-place':
    case undefined:
      return 'in place';
  }
}
