import type { RendererSetting } from '#common/protocol/webviewContract';
import { describe, expect, test } from 'vitest';
import { chooseRenderer } from '../../../webview/gpu/chooseRenderer.ts';

interface FakeAdapter {
  readonly info: Partial<GPUAdapterInfo>;
  /** How many device requests are refused before one is granted. */
  readonly refusals?: number;
}

const LIMITS = { maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 30, maxComputeWorkgroupStorageSize: 32_768 };
const nvidia = { vendor: 'nvidia', architecture: 'ampere', device: '', description: '', isFallbackAdapter: false };
const swiftshader = { ...nvidia, vendor: 'google', architecture: 'swiftshader' };

/** The few parts of WebGPU that choosing touches. */
function fakeGpu(adapter: FakeAdapter | null): { gpu: GPU; asked: unknown[] } {
  const asked: unknown[] = [];
  let refusals = adapter?.refusals ?? 0;
  const requestDevice = async (descriptor: GPUDeviceDescriptor) => {
    asked.push(descriptor.requiredLimits);
    refusals -= 1;
    if (refusals >= 0) throw new Error('refused');
    return {} as GPUDevice;
  };
  const made = adapter ? { info: adapter.info, limits: LIMITS, requestDevice } : null;
  return { gpu: { requestAdapter: async () => made } as unknown as GPU, asked };
}

describe('the tier', () => {
  const cases: {
    setting: RendererSetting;
    adapter: FakeAdapter | null;
    renderer: string;
    hardware: boolean;
    reason: RegExp;
  }[] = [
    { setting: 'auto', adapter: { info: nvidia }, renderer: 'webgpu', hardware: true, reason: /nvidia ampere/ },
    {
      setting: 'auto',
      adapter: { info: swiftshader },
      renderer: 'cpu',
      hardware: false,
      reason: /software.*swiftshader/,
    },
    {
      setting: 'auto',
      adapter: { info: { ...nvidia, isFallbackAdapter: true } },
      renderer: 'cpu',
      hardware: false,
      reason: /software/,
    },
    {
      setting: 'auto',
      adapter: { info: { ...nvidia, description: 'llvmpipe (LLVM 15)' } },
      renderer: 'cpu',
      hardware: false,
      reason: /llvmpipe/,
    },
    {
      setting: 'auto',
      adapter: { info: { ...nvidia, description: 'Microsoft Basic Render Driver' } },
      renderer: 'cpu',
      hardware: false,
      reason: /Basic/,
    },
    { setting: 'auto', adapter: null, renderer: 'cpu', hardware: false, reason: /no graphics adapter/ },
    { setting: 'webgpu', adapter: { info: swiftshader }, renderer: 'webgpu', hardware: false, reason: /forces/ },
    { setting: 'webgpu', adapter: null, renderer: 'cpu', hardware: false, reason: /no graphics adapter/ },
    { setting: 'cpu', adapter: { info: nvidia }, renderer: 'cpu', hardware: false, reason: /pika\.renderer/ },
    { setting: 'auto', adapter: { info: nvidia, refusals: 1 }, renderer: 'webgpu', hardware: true, reason: /nvidia/ },
    {
      setting: 'auto',
      adapter: { info: nvidia, refusals: 2 },
      renderer: 'cpu',
      hardware: false,
      reason: /gave no device/,
    },
  ];
  test.each(cases)(
    '$renderer follows from $setting and $adapter',
    async ({ setting, adapter, renderer, hardware, reason }) => {
      const { report, device } = await chooseRenderer(setting, fakeGpu(adapter).gpu);
      expect([report.renderer, report.isHardware, device !== null]).toEqual([
        renderer,
        hardware,
        renderer === 'webgpu',
      ]);
      expect(report.reason).toMatch(reason);
      expect(report.reason).toMatch(/^[A-Z].*\.$/);
    },
  );
  test('is the CPU where the page has no WebGPU', async () => {
    expect((await chooseRenderer('auto', undefined)).report).toMatchObject({ renderer: 'cpu', adapter: null });
  });
  test('asks for the adapter’s limits first and for the default ones when refused', async () => {
    const { gpu, asked } = fakeGpu({ info: nvidia, refusals: 1 });
    await chooseRenderer('auto', gpu);
    expect(asked).toEqual([LIMITS, {}]);
  });
});
