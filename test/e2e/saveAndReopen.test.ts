import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATASETS } from '../../extension/build/sampleData.ts';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

describe('a saved workspace', () => {
  const pika = usePikaWindow(async () => ({
    files: { 'weather.csv': await readFile(join(DATASETS, 'seattle-weather.csv')) },
  }));

  it('is restored with its nodes, rows and plot when it is opened again', async () => {
    const window = pika();
    await window.openInPika('weather.csv');
    const before = { counted: await window.countedRows(), cells: await shownCells(await window.done('table')) };
    const path = await window.save();
    const text = await readFile(path, 'utf8');
    expect(text).toContain('"weather.csv"');
    expect(text).not.toContain(window.folder);
    await window.workbench.closeAll();
    await window.workbench.openFile('weather.pika');
    await window.allDone();
    expect(await window.countedRows()).toBe(before.counted);
    expect(await shownCells(await window.done('table'))).toEqual(before.cells);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('can be saved under another name', async () => {
    const window = pika();
    await window.openInPika('weather.csv');
    const path = await window.saveAs('other.pika');
    expect(await readFile(path, 'utf8')).toContain('"weather.csv"');
    await window.allDone();
  });
});
