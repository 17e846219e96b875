import type { RendererReport, RendererSetting } from '#common/protocol/webviewContract';

/** What drawing goes on with: a device, or none and the CPU tier. */
export interface RendererChoice {
  readonly report: RendererReport;
  readonly device: GPUDevice | null;
}

const SOFTWARE_ADAPTER = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|warp|software|cpu/i;
/** Limits of which the adapter's own value is asked for. */
export const RAISED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
] as const;

/** The CPU tier, with the reason as one sentence. */
export function cpuChoice(reason: string, adapter: string | null = null): RendererChoice {
  return { report: { renderer: 'cpu', isHardware: false, adapter, reason }, device: null };
}

/**
 * Chooses the tier: hardware WebGPU where there is one, otherwise the CPU.
 * A software adapter counts as none, because it counts slower than plain loops, unless the setting forces WebGPU.
 */
export async function chooseRenderer(setting: RendererSetting, gpu: GPU | undefined): Promise<RendererChoice> {
  if (setting === 'cpu') return cpuChoice('The setting pika.renderer asks for the CPU.');
  if (!gpu) return cpuChoice('WebGPU is switched off or missing here.');
  const adapter = await requestAdapter(gpu);
  if (!adapter) return cpuChoice('WebGPU found no graphics adapter.');
  const name = adapterName(adapter.info);
  const isHardware = !isSoftware(adapter.info);
  if (!isHardware && setting === 'auto') {
    return cpuChoice(`The only WebGPU adapter is a software one (${name}), which is slower than the CPU tier.`, name);
  }
  const device = await requestDevice(adapter);
  if (!device) return cpuChoice(`The WebGPU adapter ${name} gave no device.`, name);
  const reason = isHardware
    ? `WebGPU draws on ${name}.`
    : `The setting pika.renderer forces WebGPU on a software adapter (${name}).`;
  return { report: { renderer: 'webgpu', isHardware, adapter: name, reason }, device };
}

/** Whether an adapter computes in software, by what it says of itself. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter || SOFTWARE_ADAPTER.test(`${info.architecture} ${info.device} ${info.description}`);
}

/** What an adapter calls itself. */
export function adapterName(info: GPUAdapterInfo): string {
  return info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'an unnamed adapter';
}

async function requestAdapter(gpu: GPU): Promise<GPUAdapter | null> {
  try {
    return await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch {
    return null;
  }
}

/** A device with the adapter's own limits, or with the default ones when the driver refuses those. */
async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice | null> {
  const raised = Object.fromEntries(RAISED_LIMITS.map((name) => [name, adapter.limits[name]]));
  for (const requiredLimits of [raised, {}]) {
    try {
      return await adapter.requestDevice({ label: 'pika', requiredLimits });
    } catch {
      continue;
    }
  }
  return null;
}
