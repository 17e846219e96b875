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
});
