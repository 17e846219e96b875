import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATASETS } from '../../extension/build/sampleData.ts';
import { PikaWindow } from '../support/pikaWindow.ts';
import { countColours, inkShare } from '../support/pixels.ts';

describe('a window with WebGPU', () => {
  let window: PikaWindow;

  beforeAll(async () => {
    const files = {
      'cars.json': await readFile(join(DATASETS, 'cars.json')),
      'weather.csv': await readFile(join(DATASETS, 'seattle-weather.csv')),
      'heights.csv': `height\n${Array.from({ length: 5_000 }, (_, i) => (Math.sin(i) * 10).toFixed(4)).join('\n')}\n`,
    };
    window = await PikaWindow.open({ graphics: 'software-webgpu', settings: { 'pika.renderer': 'webgpu' }, files });
  });
  afterAll(() => window.close());

  it.each(['cars.json', 'weather.csv', 'heights.csv'])('draws %s on the GPU', async (name) => {
    await window.openInPika(name);
    const plot = await window.done('plot');
    await window.workbench.until(async () => (await plot.getAttribute('data-renderer')) !== null);
    expect(await plot.getAttribute('data-renderer')).toBe('webgpu');
    expect(await window.countedRows()).toBeGreaterThan(0);
    const picture = await window.workbench.pixels(plot.locator('canvas').first());
    expect(countColours(picture)).toBeGreaterThan(2);
    expect(inkShare(picture)).toBeGreaterThan(0.005);
    await window.discard();
  });
});
