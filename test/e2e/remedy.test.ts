import { describe, expect, it } from 'vitest';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const GOOD_ROWS = 30_000;
const BAD_LINE = GOOD_ROWS + 2;

describe('a CSV with a bad value', () => {
  const goodLines = Array.from({ length: GOOD_ROWS }, (_, index) => `${index},${index}`);
  const pika = usePikaWindow(() => ({
    files: { 'bad.csv': ['id,value', ...goodLines, `${GOOD_ROWS},oops`, ''].join('\n') },
  }));

  it('names the line, and one click repairs it', async () => {
    const { workbench } = pika();
    await workbench.chooseInExplorer('bad.csv', 'Open in Pika');
    const source = workbench.node({ kind: 'source' });
    await workbench.nodeReaches(source, 'failed');
    const message = (await source.locator('[role="alert"]').textContent())?.replaceAll(',', '') ?? '';
    expect(message).toContain(String(BAD_LINE));
    await source.locator('[role="alert"] vscode-button').first().click();
    await workbench.nodeReaches(source, 'done');
    await workbench.nodeReaches(workbench.node({ kind: 'table' }), 'done');
  });
});
