import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATASETS } from '../../extension/build/sampleData.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const ROWS = { 'cars.json': 406, 'penguins.json': 344, 'weather.csv': 1461 };

describe('data', () => {
  const pika = usePikaWindow(async () => {
    const weather = await readFile(join(DATASETS, 'seattle-weather.csv'));
    return {
      files: {
        'cars.json': await readFile(join(DATASETS, 'cars.json')),
        'penguins.json': await readFile(join(DATASETS, 'penguins.json')),
        'weather.csv': weather,
        'years/2012.csv': weather,
        'years/2013.csv': weather,
      },
    };
  });

  const rowsOf = async (id: string) => {
    const { workbench } = pika();
    const node = workbench.node({ id });
    await workbench.nodeReaches(node, 'done');
    return Number(await node.getAttribute('data-rows'));
  };

  it('of several selected files opens in one workspace, each with its own plot', async () => {
    const window = pika();
    await window.workbench.explorerItem('cars.json').click();
    await window.workbench.explorerItem('penguins.json').click({ modifiers: ['ControlOrMeta'] });
    await window.workbench.chooseInExplorer('penguins.json', 'Open in Pika');
    expect([await rowsOf('cars'), await rowsOf('penguins')]).toEqual([ROWS['cars.json'], ROWS['penguins.json']]);
    for (const id of ['cars_plot', 'penguins_plot']) {
      await window.workbench.nodeReaches(window.workbench.node({ id }), 'done');
    }
    const text = await readFile(await window.save(), 'utf8');
    const { nodes } = JSON.parse(text) as { nodes: { kind: string; spec?: { mark: string } | null }[] };
    expect(nodes.filter(({ kind }) => kind === 'plot').map(({ spec }) => spec?.mark)).toEqual(['line', 'point']);
  });

  it('in a folder of files of one kind opens as one table', async () => {
    const window = pika();
    await window.workbench.chooseInExplorer('years', 'Open in Pika');
    await window.allDone();
    expect(await rowsOf('years')).toBe(2 * ROWS['weather.csv']);
  });

  it('that is open as text is shown by Reopen Editor With…, and saved as a workspace', async () => {
    const window = pika();
    const { workbench } = window;
    await workbench.openFile('weather.csv');
    await workbench.page.locator('.monaco-editor .view-line').first().waitFor();
    await workbench.runCommand('View: Reopen Editor With...');
    await workbench.answer('Pika');
    await window.allDone();
    expect(await rowsOf('weather')).toBe(ROWS['weather.csv']);
    await workbench.canvas().getByText('Keep as Workspace').click();
    await workbench.tab('weather.pika').waitFor();
    await window.allDone();
  });
});
