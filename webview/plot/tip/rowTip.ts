import type { PlotRows } from '#common/protocol/plotContract';
import { formatCount } from '../axes/formatValue.ts';
import type { PlotTip } from '../plotTip.ts';

/** A column of a row as a tooltip shows it. */
export interface TipField {
  readonly name: string;
  /** As DuckDB writes it. */
  readonly text: string;
  readonly isNull: boolean;
}

/** A row in a tooltip. */
export interface RowTip {
  readonly fields: readonly TipField[];
  /** What else is to say: further columns, further rows at the same place. */
  readonly note: string;
}

/** A tip that stays, with the row that was known when it was pinned. */
export interface PinnedTip {
  readonly tip: PlotTip;
  readonly row: PlotRows | null;
}

const FEW_FIELDS = 7;

/** What a tooltip says of a row; null when there is none. @param isWhole Whether all columns are shown, or a few of them. */
export function rowTip({ columns, rows, rowCount }: PlotRows, isWhole: boolean): RowTip | null {
  const [row] = rows;
  if (!row) return null;
  const all = columns.map(({ name }, index) => {
    const text = row[index] ?? null;
    return { name, text: text ?? 'null', isNull: text === null };
  });
  const fields = isWhole ? all : all.slice(0, FEW_FIELDS);
  const hidden = all.length - fields.length;
  const parts = [
    ...(hidden > 0 ? [`+${hidden} ${hidden === 1 ? 'column' : 'columns'}, click to see`] : []),
    ...(rowCount > 1 ? [`1 of ${formatCount(rowCount)} rows here`] : []),
  ];
  return { fields, note: parts.join(' · ') };
}
