import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { workbenchUrl } from '../../extension/build/vscode/workbenchUrl.ts';
import { launchChromium, type Graphics } from './chromium.ts';
import { packagedExtension } from './packagedExtension.ts';
import { countColours, inkShare } from './pixels.ts';
import { startTestServer } from './vscodeServer.ts';
import { Workbench } from './workbench.ts';

/** Share of a plot's pixels that a drawing has at least; a blank canvas has none. */
const LEAST_INK = 0.005;
const VIEW = { width: 1700, height: 1050 };

/** How a test wants its window. */
export interface PikaWindowOptions {
  readonly graphics?: Graphics;
  readonly isTrustOn?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Content of the opened folder's files by relative path, a data file first. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** A VS Code window with the packaged extension, open on a temporary folder. */
export class PikaWindow {
  readonly workbench: Workbench;
  readonly folder: string;
  /** Where the server keeps settings and what extensions store. */
  readonly dataFolder: string;
  readonly #close: () => Promise<void>;

  private constructor(
    workbench: Workbench,
    { folder, dataFolder }: { folder: string; dataFolder: string },
    close: () => Promise<void>,
  ) {
    this.workbench = workbench;
    this.folder = folder;
    this.dataFolder = dataFolder;
    this.#close = close;
  }

  static async open(options: PikaWindowOptions): Promise<PikaWindow> {
    const folder = await mkdtemp(join(tmpdir(), 'pika-folder-'));
    await writeFiles(folder, options.files);
    const server = await startTestServer({
      isTrustOn: options.isTrustOn ?? false,
      settings: options.settings ?? {},
      vsixFiles: [await packagedExtension()],
    });
    const browser = await launchChromium(options.graphics ?? 'none');
    const page = await browser.newPage({ viewport: VIEW });
    await page.goto(workbenchUrl(server.url, { folder }));
    const workbench = new Workbench(page);
    const firstFile = Object.keys(options.files)[0] ?? '';
    // The extension's contributions arrive a moment after the window.
    await workbench.openMenuInExplorer(firstFile, 'Open in Pika');
    await page.keyboard.press('Escape');
    return new PikaWindow(workbench, { folder, dataFolder: server.dataFolder }, async () => {
      await browser.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    });
  }

  /** Another window of the same VS Code on the same folder, with an extension host of its own; it closes with this one. */
  async openAnother(): Promise<PikaWindow> {
    const browser = this.workbench.page.context().browser();
    if (!browser) throw new Error('the browser is closed');
    const page = await browser.newPage({ viewport: VIEW });
    await page.goto(this.workbench.page.url());
    return new PikaWindow(new Workbench(page), this, () => page.close());
  }

  /** Where the extension keeps its cache and what engines work with. */
  get storage(): string {
    return join(this.dataFolder, 'data', 'User', 'globalStorage', 'pika-plot.pika-plot');
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Chooses *Open in Pika* in a file's menu and waits until source, table and plot are done. */
  async openInPika(name: string): Promise<void> {
    await this.workbench.chooseInExplorer(name, 'Open in Pika');
    await this.allDone();
  }

  async allDone(): Promise<void> {
    for (const kind of ['source', 'table', 'plot'] as const) await this.done(kind);
  }

  /** The only node of a kind, once it is done. */
  async done(kind: 'source' | 'query' | 'table' | 'plot'): Promise<Locator> {
    const node = this.workbench.node({ kind });
    await this.workbench.nodeReaches(node, 'done');
    return node;
  }

  /** Rows that the plot says it has counted. */
  async countedRows(): Promise<number> {
    const plot = await this.done('plot');
    await this.workbench.until(async () => (await plot.getAttribute('data-counted')) !== null);
    return Number(await plot.getAttribute('data-counted'));
  }

  /** Requires that the plot says it was drawn by `renderer`, and that its canvas is not blank. */
  async expectDrawn(renderer: 'webgpu' | 'cpu'): Promise<void> {
    await this.countedRows();
    const plot = await this.done('plot');
    expect(await plot.getAttribute('data-renderer')).toBe(renderer);
    const picture = await this.workbench.pixels(plot.locator('canvas').first());
    expect(countColours(picture)).toBeGreaterThan(2);
    expect(inkShare(picture)).toBeGreaterThan(LEAST_INK);
  }

  /** Saves the workspace beside its data, under the name that it was opened with. @returns The file's path. */
  async save(): Promise<string> {
    const { page } = this.workbench;
    const name = (await page.locator('.tab.active').getAttribute('data-resource-name')) ?? '';
    await page.keyboard.press('Control+S');
    await this.#isOnDisk(name);
    return join(this.folder, name);
  }

  /** Saves the workspace under another name in the opened folder. @returns The file's path. */
  async saveAs(name: string): Promise<string> {
    await this.workbench.saveAs(name);
    await this.#isOnDisk(name);
    return join(this.folder, name);
  }

  async #isOnDisk(name: string): Promise<void> {
    await this.workbench.explorerItem(name).waitFor();
    await this.workbench.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await this.workbench.until(async () => (await stat(join(this.folder, name))).size > 0);
  }
}

async function writeFiles(folder: string, files: PikaWindowOptions['files']): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
