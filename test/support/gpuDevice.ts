import { existsSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create, globals } from 'webgpu';

const SOFTWARE_DRIVERS = ['/usr/lib/chromium/vk_swiftshader_icd.json'];

// The native instance crashes the process when it is collected while a device lives.
const keptAlive: GPU[] = [];

/** What a device is asked for beyond the defaults. */
export interface TestDeviceWishes {
  readonly limits?: Record<string, number>;
  /** Limits that are raised to what the adapter has. */
  readonly raisedLimits?: readonly Extract<keyof GPUSupportedLimits, `max${string}`>[];
  /** Features that are used where the adapter has them. */
  readonly features?: readonly GPUFeatureName[];
  /** Switches of Dawn itself, `name=value`. */
  readonly switches?: readonly string[];
}

/**
 * A WebGPU device of Dawn for Node: Chromium's software driver, or what `VK_DRIVER_FILES` names.
 * @throws Error saying what to install when there is no driver.
 */
export async function openTestDevice(wishes: TestDeviceWishes = {}): Promise<GPUDevice> {
  chooseDriver();
  Object.assign(globalThis, globals);
  const gpu = create([...(wishes.switches ?? [])]);
  keptAlive.push(gpu);
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('No WebGPU adapter: install chromium, or set VK_DRIVER_FILES to a Vulkan driver.');
  const requiredFeatures = (wishes.features ?? []).filter((feature) => adapter.features.has(feature));
  const raised: Record<string, number> = {};
  for (const name of wishes.raisedLimits ?? []) raised[name] = adapter.limits[name] ?? 0;
  return adapter.requestDevice({ requiredLimits: { ...raised, ...wishes.limits }, requiredFeatures });
}

/** Fails with everything that the device complained about while `action` ran. */
export async function withoutGpuErrors<T>(device: GPUDevice, action: () => T | Promise<T>): Promise<T> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  const result = await action();
  const faults = [await device.popErrorScope(), await device.popErrorScope()].filter((fault) => fault !== null);
  if (faults.length > 0) throw new Error(faults.map((fault) => fault.message).join('\n'));
  return result;
}

const RTLD_NODELETE = 0x1000;

/** Dawn asks for the Vulkan loader by name; one that is loaded already is found, wherever it lies. */
function loadVulkanBeside(driver: string): void {
  const loader = join(dirname(driver), 'libvulkan.so.1');
  if (!existsSync(loader)) return;
  try {
    process.dlopen({ exports: {} }, loader, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch {
    // It is no Node addon, which is all that Node complains about; the library stays loaded.
  }
}

function chooseDriver(): void {
  process.env['XDG_RUNTIME_DIR'] ??= tmpdir();
  if (process.env['VK_DRIVER_FILES'] || process.env['VK_ICD_FILENAMES']) return;
  const driver = SOFTWARE_DRIVERS.find((path) => existsSync(path));
  if (!driver) return;
  process.env['VK_DRIVER_FILES'] = driver;
  process.env['VK_ICD_FILENAMES'] = driver;
  loadVulkanBeside(driver);
}
