import type { Locator } from 'playwright-core';

/** One cell as the user sees it; `row` and `column` are 0-based; null is null. */
export interface ShownCell {
  readonly row: number;
  readonly column: number;
  readonly text: string | null;
}

/** The cells of a table node that are on screen and loaded. */
export async function shownCells(table: Locator): Promise<readonly ShownCell[]> {
  await table.locator('[role="gridcell"]:not(.pending)').first().waitFor();
  return table.locator('[role="gridcell"]:not(.pending)').evaluateAll((cells) =>
    cells.map((cell) => ({
      row: Number(cell.closest('[role="row"]')?.getAttribute('aria-rowindex')) - 2,
      column: Number(cell.getAttribute('aria-colindex')) - 1,
      text: cell.classList.contains('null') ? null : cell.textContent,
    })),
  );
}
