import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { shownCells } from './tableCells.ts';

/** The head of a column, by its name. */
export function columnHead(table: Locator, key: string): Locator {
  return table.locator(`[role="columnheader"][data-key="${key}"]`);
}

/** A cell among the rows that scroll, by its 0-based place in the view. */
export function tableCell(table: Locator, row: number, column: number): Locator {
  return table.locator(`.body [aria-rowindex="${row + 2}"] [aria-colindex="${column + 1}"]`);
}

/** A table takes clicks on its cells once it is the active node. */
export async function activateTable(table: Locator): Promise<void> {
  await table.getByText(/^Table/).click();
}

/** Waits until the rows on screen are the first ones expected; they come in pages. */
export async function expectRows(table: Locator, expected: readonly (readonly (string | null)[])[]): Promise<void> {
  await expect
    .poll(async () => (await shownCells(table)).filter(({ row, column, text }) => expected[row]?.[column] !== text))
    .toEqual([]);
  expect((await shownCells(table)).length).toBeGreaterThan(0);
}
