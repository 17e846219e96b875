/** A cell by its place in the whole table. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** How far keys can move. */
export interface GridExtent {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Rows that PageUp and PageDown jump over. */
  readonly pageRows: number;
}

/** The cell a key leads to, or null when the key means nothing to a grid. */
export function cellAfterKey(
  from: CellPosition,
  key: { readonly key: string; readonly isControl: boolean },
  extent: GridExtent,
): CellPosition | null {
  const moved = move(from, key, extent);
  return moved && clampCell(moved, extent);
}

function move(
  { row, column }: CellPosition,
  { key, isControl }: { readonly key: string; readonly isControl: boolean },
  { rowCount, columnCount, pageRows }: GridExtent,
): CellPosition | null {
  const lastRow = rowCount - 1;
  const lastColumn = columnCount - 1;
  switch (key) {
    case 'ArrowUp':
      return { row: isControl ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: isControl ? lastRow : row + 1, column };
    case 'ArrowLeft':
      return { row, column: isControl ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: isControl ? lastColumn : column + 1 };
    case 'PageUp':
      return { row: row - pageRows, column };
    case 'PageDown':
      return { row: row + pageRows, column };
    case 'Home':
      return { row: isControl ? 0 : row, column: 0 };
    case 'End':
      return { row: isControl ? lastRow : row, column: lastColumn };
  }
  return null;
}

function clampCell({ row, column }: CellPosition, { rowCount, columnCount }: GridExtent): CellPosition {
  return {
    row: Math.max(0, Math.min(row, rowCount - 1)),
    column: Math.max(0, Math.min(column, columnCount - 1)),
  };
}
