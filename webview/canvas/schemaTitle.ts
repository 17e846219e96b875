import type { NodeStatus } from '#common/protocol/webviewContract';
import { countOf } from '../ui/format.ts';

const MOST_COLUMNS = 24;

/** What flows out of a node, for the hover of its port and of its edges: the rows, then each column with its type. */
export function schemaTitle(status: NodeStatus | undefined): string {
  if (!status?.columns) return 'Nothing is known of these rows yet.';
  const { columns, rowCount } = status;
  const rows = rowCount === null ? 'rows not counted' : countOf(rowCount, 'row');
  const shown = columns.slice(0, MOST_COLUMNS).map(({ name, type }) => `${name}: ${type}`);
  const rest = columns.length - shown.length;
  return [`${rows}, ${countOf(columns.length, 'column')}`, ...shown, ...(rest > 0 ? [`… ${rest} more`] : [])].join(
    '\n',
  );
}
