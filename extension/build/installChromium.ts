import { existsSync } from 'node:fs';
import { findChromium } from '../../test/support/chromium.ts';
import { runVisibly } from './steps.ts';

const APT = '/usr/bin/apt-get';
const VULKAN_LOADERS = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib/aarch64-linux-gnu/libvulkan.so.1'];

/** Makes sure that the tests find a browser and a Vulkan loader, installing them where that needs no question. */
export async function installChromium(): Promise<void> {
  const isComplete = () =>
    findChromium() !== undefined && (process.platform !== 'linux' || VULKAN_LOADERS.some(existsSync));
  if (isComplete()) return;
  if (process.getuid?.() === 0 && existsSync(APT)) {
    const environment = { DEBIAN_FRONTEND: 'noninteractive' };
    await runVisibly({ name: 'apt', command: [APT, 'update', '-q'] }, environment);
    const packages = ['chromium', 'libvulkan1', 'fonts-dejavu-core'];
    await runVisibly(
      { name: 'apt', command: [APT, 'install', '-y', '-q', '--no-install-recommends', ...packages] },
      environment,
    );
  }
  if (isComplete()) return;
  await runVisibly({ name: 'playwright', command: ['playwright-core', 'install', 'chromium'] });
  if (isComplete()) return;
  throw new Error(
    'The tests need Chromium and, on Linux, libvulkan1: install both (Debian: apt-get install chromium libvulkan1), or name a browser in PIKA_CHROMIUM.',
  );
}
