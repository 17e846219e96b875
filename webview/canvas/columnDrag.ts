const COLUMN_TYPE = 'application/x-pika-column';

/** Begins to drag a column. */
export function startColumnDrag(event: DragEvent, column: string): void {
  event.dataTransfer?.setData(COLUMN_TYPE, column);
  if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy';
}

/** Whether a column is being dragged. */
export function isColumnDrag(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes(COLUMN_TYPE) === true;
}

/** The column that was dropped; null when something else was. */
export function draggedColumn(event: DragEvent): string | null {
  const column = event.dataTransfer?.getData(COLUMN_TYPE) ?? '';
  return column === '' ? null : column;
}
