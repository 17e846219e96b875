import type { AdapterFacts, GpuFindings, TierTrial, WindowSystem } from '#common/renderer/gpuFindings';
import type { RendererSetting } from '#common/protocol/webviewContract';
import { adapterName, chooseRenderer, isSoftware } from './chooseRenderer.ts';
import { tryTiers } from './tryTiers.ts';

/** Limits that decide how large columns, kernels and pictures can be. */
const SHOWN_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
  'maxTextureDimension2D',
] as const;
const SYSTEMS: readonly (readonly [RegExp, WindowSystem])[] = [
  [/Windows/, 'windows'],
  [/Mac OS/, 'macos'],
  [/Linux|CrOS/, 'linux'],
];

/** Looks at what this page has to draw with, tries it, and says what draws under a setting. */
export async function probeGpu(
  setting: RendererSetting,
  gpu: GPU | undefined,
  userAgent: string,
): Promise<GpuFindings> {
  const { report, device } = await chooseRenderer(setting, gpu);
  device?.destroy();
  const adapter = gpu ? await adapterFacts(gpu) : null;
  const trial = await trialOf(gpu, adapter);
  const engine = /(?:Chrome|Firefox|Version)\/(\d+)/.exec(userAgent);
  return {
    system: SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'other',
    engine: engine ? `${userAgent.includes('Chrome/') ? 'Chromium' : 'browser engine'} ${engine[1] ?? ''}` : null,
    hasWebGpu: gpu !== undefined,
    adapter,
    trial,
    report,
  };
}

async function adapterFacts(gpu: GPU): Promise<AdapterFacts | null> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return null;
  return {
    name: adapterName(adapter.info),
    isSoftware: isSoftware(adapter.info),
    features: [...adapter.features].sort(),
    limits: Object.fromEntries(SHOWN_LIMITS.map((name) => [name, adapter.limits[name]])),
  };
}

/** A trial is worth its time also where the setting or a software adapter means the CPU: it shows why. */
async function trialOf(gpu: GPU | undefined, adapter: AdapterFacts | null): Promise<TierTrial | string | null> {
  if (!gpu || !adapter) return null;
  const { device, report } = await chooseRenderer('webgpu', gpu);
  if (!device) return report.reason;
  try {
    return await tryTiers(device);
  } catch (error) {
    return `The adapter failed at its trial: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    device.destroy();
  }
}
