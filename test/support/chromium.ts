import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** What a browser offers to draw with: no adapter at all, or WebGPU in software whose canvases really show. */
export type Graphics = 'none' | 'software-webgpu';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
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
const NO_GRAPHICS = ['--disable-gpu'];

/** The browser that tests drive: `PIKA_CHROMIUM`, the system's, or Playwright's own; undefined when there is none. */
export function findChromium(): string | undefined {
  return [process.env['PIKA_CHROMIUM'], ...CANDIDATES, chromium.executablePath()].find(
    (path) => path !== undefined && existsSync(path),
  );
}

/** Starts Chromium without a window. */
export function launchChromium(graphics: Graphics): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('Tests need Chromium: install it, or name it in PIKA_CHROMIUM.');
  const drawing = graphics === 'none' ? NO_GRAPHICS : SOFTWARE_WEBGPU;
  return chromium.launch({ executablePath, args: [...QUIET, ...QUIETER, ...drawing] });
}
