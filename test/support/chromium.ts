import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** What a browser offers to draw with: no adapter at all, or WebGPU in software whose canvases really show. */
export type Graphics = 'none' | 'software-webgpu';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const QUIETER = ['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];
const SOFTWARE_WEBGPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--enable-gpu',
];
const NO_GRAPHICS = ['--disable-gpu', '--disable-features=WebGPU,WebGPUService', '--disable-webgpu'];

/** The browser that tests drive: `PIKA_CHROMIUM`, or the system's. */
export function chromiumPath(): string {
  const path = process.env['PIKA_CHROMIUM'] ?? CANDIDATES.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error('Tests need Chromium: install it, or name it in PIKA_CHROMIUM.');
  return path;
}

/** Starts Chromium without a window. */
export function launchChromium(graphics: Graphics): Promise<Browser> {
  const drawing = graphics === 'none' ? NO_GRAPHICS : SOFTWARE_WEBGPU;
  return chromium.launch({ executablePath: chromiumPath(), args: [...QUIET, ...QUIETER, ...drawing] });
}
