import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATASETS } from '../../extension/build/sampleData.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

describe('a window with WebGPU', () => {
  const pika = usePikaWindow(async () => ({
    graphics: 'software-webgpu',
    settings: { 'pika.renderer': 'webgpu' },
    files: {
      'places.json': await readFile(join(DATASETS, 'us-state-capitals.json')),
      'weather.csv': await readFile(join(DATASETS, 'seattle-weather.csv')),
      'heights.csv': `height\n${Array.from({ length: 5_000 }, (_, i) => (Math.sin(i) * 10).toFixed(4)).join('\n')}\n`,
    },
  }));

  it.each(['places.json', 'weather.csv', 'heights.csv'])('draws %s on the GPU', async (name) => {
    const window = pika();
    await window.openInPika(name);
    await window.expectDrawn('webgpu');
    expect(await window.countedRows()).toBeGreaterThan(0);
    await window.workbench.statusBarItem('WebGPU').waitFor();
  });

  it('changes the tier of open plots at once, from the page that says what draws', async () => {
    const window = pika();
    const { workbench } = window;
    await window.openInPika('heights.csv');
    await window.expectDrawn('webgpu');
    await workbench.runCommand('View: Split Editor Right');
    await workbench.statusBarItem('WebGPU').click();
    const check = workbench.canvas(1);
    await check.getByRole('heading', { name: 'A software adapter draws the plots' }).waitFor();
    expect(await check.locator('main').innerText()).toMatch(/SwiftShader[\s\S]*software[\s\S]*the same counts/i);
    await check.getByRole('combobox', { name: 'Renderer' }).click();
    await check.getByRole('option', { name: 'cpu: never the GPU' }).click();
    await check.getByRole('heading', { name: 'The CPU draws the plots' }).waitFor();
    await workbench.node({ kind: 'plot' }).and(workbench.canvas().locator('[data-renderer="cpu"]')).waitFor();
    await window.expectDrawn('cpu');
  });
});
