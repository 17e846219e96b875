import { expect, test } from 'vitest';
import { gpuAdvice } from '#common/renderer/gpuAdvice';
import { gpuCheckText } from '#common/renderer/gpuCheckText';
import type { GpuCheckPlace, GpuFindings } from '#common/renderer/gpuFindings';

const PLACE: GpuCheckPlace = {
  setting: 'auto',
  isDesktop: true,
  remoteName: null,
  appName: 'Visual Studio Code',
  vscodeVersion: '1.139.0',
  pikaVersion: '0.1.0',
};
const NOTHING: GpuFindings = {
  system: 'linux',
  engine: 'Chromium 138',
  hasWebGpu: false,
  adapter: null,
  trial: null,
  report: { renderer: 'cpu', isHardware: false, adapter: null, reason: 'WebGPU is switched off or missing here.' },
};
const NVIDIA = {
  name: 'nvidia ampere',
  isSoftware: false,
  features: ['subgroups'],
  limits: { maxBufferSize: 4294967296 },
};
const HARDWARE: GpuFindings = {
  ...NOTHING,
  hasWebGpu: true,
  adapter: NVIDIA,
  trial: { rows: 1_000_000, gpuMs: 0.42, cpuMs: 12.6, isEqual: true },
  report: { renderer: 'webgpu', isHardware: true, adapter: 'nvidia ampere', reason: 'WebGPU draws on nvidia ampere.' },
};
const FORCED_CPU: GpuFindings = {
  ...HARDWARE,
  report: { ...NOTHING.report, reason: 'The setting pika.renderer asks for the CPU.' },
};

const codesOf = (place: Partial<GpuCheckPlace>, findings: Partial<GpuFindings>) =>
  gpuAdvice({ ...PLACE, ...place }, { ...NOTHING, ...findings }).flatMap(({ code }) => code ?? []);

test.each([
  {
    name: 'VS Code on Linux is started with WebGPU on',
    place: {},
    findings: {},
    codes: [
      'code --enable-unsafe-webgpu --enable-features=Vulkan',
      'code --enable-unsafe-webgpu --enable-features=Vulkan --ignore-gpu-blocklist',
      '"disable-hardware-acceleration": true',
      'vulkaninfo --summary',
    ],
  },
  {
    name: 'VS Code on Windows may have its acceleration turned off',
    place: {},
    findings: { system: 'windows' as const },
    codes: ['"disable-hardware-acceleration": true'],
  },
  {
    name: 'a browser on Linux has flags of its own',
    place: { isDesktop: false },
    findings: {},
    codes: [
      'chrome://flags/#enable-unsafe-webgpu\nchrome://flags/#enable-vulkan',
      'chrome://settings/system',
      'vulkaninfo --summary',
    ],
  },
  {
    name: 'a browser on a Mac',
    place: { isDesktop: false },
    findings: { system: 'macos' as const },
    codes: ['chrome://settings/system'],
  },
  { name: 'a GPU that draws needs nothing', place: {}, findings: HARDWARE, codes: [] },
  {
    name: 'a GPU that the setting forbids needs the setting only',
    place: { setting: 'cpu' as const },
    findings: FORCED_CPU,
    codes: ['"pika.renderer": "auto"'],
  },
])('$name', ({ place, findings, codes }) => {
  expect(codesOf(place, findings)).toEqual(codes);
});

test('the text to be pasted holds everything that the page shows', () => {
  expect(gpuCheckText({ ...PLACE, setting: 'cpu', remoteName: 'ssh-remote' }, FORCED_CPU))
    .toBe(`The CPU draws the plots. The setting pika.renderer asks for the CPU.

- Setting pika.renderer: cpu
- Window: Visual Studio Code 1.139.0 on Linux, Chromium 138
- Extension: Pika 0.1.0, runs on ssh-remote; plots are drawn where the window is
- WebGPU: present
- Adapter: nvidia ampere (hardware)
- Trial: 1,000,000 rows into cells: WebGPU 0.4 ms, one CPU core 13 ms; the same counts
- maxBufferSize: 4,294,967,296
- Features: subgroups

What can be changed:
1. The setting asks for this. For a hardware GPU where there is one, and the CPU otherwise, choose:
   "pika.renderer": "auto"
`);
});
