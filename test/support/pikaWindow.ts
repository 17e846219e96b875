import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { workbenchUrl } from '../../extension/build/vscode/workbenchUrl.ts';
import { launchChromium, type Graphics } from './chromium.ts';
import { packagedExtension } from './packagedExtension.ts';
import { countColours, inkShare } from './pixels.ts';
import { TEST_KEYS } from './testKeys.ts';
import { startTestServer } from './vscodeServer.ts';
import { Workbench } from './workbench.ts';

/** Share of a plot's pixels that a drawing has at least; a blank canvas has none. */
const LEAST_INK = 0.005;
const VIEW = { width: 1700, height: 1050 };

/** How a test wants its window. */
export interface PikaWindowOptions {
  /** Whether the test counts what VS Code's data folder holds, or restarts the window. */
  readonly isAlone?: boolean;
  readonly graphics?: Graphics;
  readonly isTrustOn?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Content of the opened folder's files by relative path, a data file first. */
  readonly files: Files;
}

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A VS Code that runs, and what its window is to show. */
interface Opening {
  readonly url: string;
  readonly dataFolder: string;
  /** Where the folder that is opened is made. */
  readonly folders: string;
  readonly stop: () => Promise<void>;
  readonly graphics: Graphics;
  readonly files: Files;
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

  /** Opens a window of a fresh VS Code. */
  static async open(options: PikaWindowOptions): Promise<PikaWindow> {
    const server = await startTestServer({
      isTrustOn: options.isTrustOn ?? false,
      settings: options.settings ?? {},
      vsixFiles: [await packagedExtension()],
    });
    const { graphics = 'none', files } = options;
    return PikaWindow.openOn({ ...server, folders: tmpdir(), graphics, files });
  }

  /** Opens a window of a VS Code that runs, which is stopped when the window is closed. */
  static async openOn({ url, dataFolder, folders, stop, graphics, files }: Opening): Promise<PikaWindow> {
    const folder = await mkdtemp(join(folders, 'pika-folder-'));
    await writeFiles(folder, files);
    const browser = await launchChromium(graphics);
    const page = await browser.newPage({ viewport: VIEW });
    await page.goto(workbenchUrl(url, { folder }));
    const workbench = new Workbench(page);
    // The extension's contributions arrive a moment after the window.
    await workbench.openMenuInExplorer(Object.keys(files)[0] ?? '', 'Open in Pika');
    await page.keyboard.press('Escape');
    return new PikaWindow(workbench, { folder, dataFolder }, async () => {
      await browser.close();
      await stop();
      await rm(folder, { recursive: true, force: true });
    });
  }

  /** Forgets what was notified, puts other files into the folder in the place of all that is there, and waits until the explorer shows them. */
  async replaceFiles(files: Files): Promise<void> {
    const items = this.workbench.page.locator('.explorer-folders-view .monaco-list-row');
    await this.workbench.page.keyboard.press(TEST_KEYS.clearNotifications);
    for (const name of await readdir(this.folder)) await rm(join(this.folder, name), { recursive: true });
    await this.workbench.until(async () => (await items.count()) === 0);
    await writeFiles(this.folder, files);
    for (const name of await readdir(this.folder)) await this.workbench.explorerItem(name).waitFor();
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

  /** Types a query into *Run Query…* and runs it. */
  async runQuery(sql: string): Promise<void> {
    const { page } = this.workbench;
    await this.workbench.runCommand('Pika: Run Query');
    await page.getByPlaceholder(/^A SELECT/).fill(sql);
    // The history is offered until the extension has heard what was typed.
    await page.locator('.quick-input-list .monaco-list-row', { hasText: `Run ${sql}` }).waitFor();
    await this.workbench.answer(sql);
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

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
