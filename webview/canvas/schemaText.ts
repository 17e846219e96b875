import type { NodeStatus } from '#common/protocol/webviewContract';
import { formatCount, countOf } from '../ui/format.ts';

const MOST_COLUMNS = 12;

/** The element that what has the focus is described by while its tip is open. */
export const SCHEMA_TIP_ID = 'schema-tip';

/** What flows out of a node, in the words of a tip. */
export interface SchemaText {
  readonly name: string;
  /** Rows and columns, or that nothing is known of them. */
  readonly size: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** How many columns are left out; empty for none. */
  readonly more: string;
}

/** The schema of a node's rows: its size, and its first columns with their types. */
export function schemaText(name: string, status: NodeStatus | undefined): SchemaText {
  if (!status?.columns) return { name, size: 'not run yet', columns: [], more: '' };
  const { columns, rowCount } = status;
  const rows = rowCount === null ? 'rows not counted' : countOf(rowCount, 'row');
  const restCount = Math.max(0, columns.length - MOST_COLUMNS);
  return {
    name,
    size: `${rows}, ${countOf(columns.length, 'column')}`,
    columns: columns.slice(0, MOST_COLUMNS),
    more: restCount === 0 ? '' : `and ${formatCount(restCount)} more`,
  };
}
