import { readdirSync } from 'node:fs';
import { WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { linkWgsl } from '../../extension/build/wgslLinker.ts';
import { fromRepository } from '../../extension/build/paths.ts';
import { openTestDevice, withoutGpuErrors } from '../support/gpuDevice.ts';

const programs = readdirSync(fromRepository('shaders')).filter((name) => name.endsWith('.wgsl'));
const MOST_LINES = 250;

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

async function buildEveryEntryPoint(text: string): Promise<number> {
  const module = device.createShaderModule({ code: text });
  const messages = (await module.getCompilationInfo()).messages.map(({ message, lineNum }) => `${lineNum}: ${message}`);
  expect(messages).toEqual([]);
  const { compute, vertex, fragment } = new WgslReflect(text).entry;
  for (const { name } of compute)
    device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: name } });
  if (vertex.length > 0) {
    device.createRenderPipeline({
      layout: 'auto',
      vertex: { module },
      fragment: { module, targets: [{ format: 'rgba8unorm' }] },
    });
  }
  return compute.length + vertex.length + fragment.length;
}

describe('every shader', () => {
  test.each(programs)('%s links, validates and makes its pipelines', async (name) => {
    const { text } = linkWgsl(fromRepository('shaders', name));
    expect(await withoutGpuErrors(device, () => buildEveryEntryPoint(text))).toBeGreaterThan(0);
  });
  test.each(programs)('%s is short', (name) => {
    expect(linkWgsl(fromRepository('shaders', name)).text.split('\n').length).toBeLessThan(MOST_LINES);
  });
  test('with a fault is refused', async () => {
    await expect(
      withoutGpuErrors(device, () => buildEveryEntryPoint('@compute @workgroup_size(1) fn f() { x = 1; }')),
    ).rejects.toThrow();
  });
});
