import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATASETS } from '../../extension/build/sampleData.ts';
import { PikaWindow } from '../support/pikaWindow.ts';
import { shownCells } from '../support/tableCells.ts';

describe('a saved workspace', () => {
  let window: PikaWindow;

  beforeAll(async () => {
    const weather = await readFile(join(DATASETS, 'seattle-weather.csv'));
    window = await PikaWindow.open({ files: { 'weather.csv': weather } });
  });
  afterAll(() => window.close());

  it('is restored with its nodes, rows and plot when it is opened again', async () => {
    const { workbench } = window;
    await window.openInPika('weather.csv');
    const before = { counted: await window.countedRows(), cells: await shownCells(await window.done('table')) };
    const path = await window.saveAs('weather.pika');
    const text = await readFile(path, 'utf8');
    expect(text).toContain('"weather.csv"');
    expect(text).not.toContain(window.folder);
    await window.discard();
    await workbench.explorerItem('weather.pika').dblclick();
    await window.allDone();
    expect(await window.countedRows()).toBe(before.counted);
    expect(await shownCells(await window.done('table'))).toEqual(before.cells);
    expect(await readFile(path, 'utf8')).toBe(text);
  });
});
