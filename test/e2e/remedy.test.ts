import { describe, expect, it } from 'vitest';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const GOOD_ROWS = 30_000;
const BAD_LINE = GOOD_ROWS + 2;

describe('a CSV with a bad value', () => {
  const goodLines = Array.from({ length: GOOD_ROWS }, (_, index) => `${index},${index}`);
  const pika = usePikaWindow(() => ({
    files: { 'bad.csv': ['id,value', ...goodLines, `${GOOD_ROWS},oops`, ''].join('\n') },
  }));

  it('names the line, one click repairs it, and one more shows what was skipped', async () => {
    const { workbench } = pika();
    await workbench.chooseInExplorer('bad.csv', 'Open in Pika');
    const source = workbench.node({ id: 'bad' });
    await workbench.nodeReaches(source, 'failed');
    const message = (await source.locator('[role="alert"]').textContent())?.replaceAll(',', '') ?? '';
    expect(message).toContain(String(BAD_LINE));
    await source.locator('[role="alert"] vscode-button:has-text("skip")').click();
    await workbench.nodeReaches(source, 'done');
    await workbench.nodeReaches(workbench.node({ id: 'bad_table' }), 'done');

    await source.locator('vscode-button:has-text("Show Skipped Rows")').click();
    const table = workbench.node({ id: 'bad_rejected_table' });
    await workbench.nodeReaches(table, 'done');
    const cells = await table.locator('[role="gridcell"]').allTextContents();
    expect(cells.map((text) => text.trim()).slice(0, 4)).toEqual([
      String(BAD_LINE),
      'value',
      'cast',
      `${GOOD_ROWS},oops`,
    ]);
  });
});
