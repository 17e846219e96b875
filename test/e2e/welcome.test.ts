import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromRepository } from '../../extension/build/paths.ts';
import { launchChromium } from '../support/chromium.ts';
import { packagedExtension } from '../support/packagedExtension.ts';
import { startTestServer, type TestServer } from '../support/vscodeServer.ts';
import { Workbench } from '../support/workbench.ts';

const STEPS = 5;

describe('a window without a folder', () => {
  let server: TestServer;
  let browser: Browser;
  let workbench: Workbench;

  beforeAll(async () => {
    server = await startTestServer({ vsixFiles: [await packagedExtension()] });
    browser = await launchChromium('none');
    const page = await browser.newPage({ viewport: { width: 1700, height: 1050 } });
    await page.goto(`${server.url}/?ew=true`);
    workbench = new Workbench(page);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it('offers the sample, which runs offline and leaves the installed extension as it is', async () => {
    const { page } = workbench;
    // An empty window begins with its side bar closed.
    await workbench.runCommand('View: Show Explorer');
    const offer = page.locator('.welcome-view').getByRole('button', { name: 'Open Sample Workspace' });
    await offer.click();
    for (const id of ['monthly', 'departures', 'records', 'temperatures', 'sky', 'spread']) {
      await workbench.nodeReaches(workbench.node({ id }), 'done');
    }
    await workbench.node({ id: 'welcome' }).locator('header').click();
    await page.keyboard.press('Delete');
    await workbench.node({ id: 'welcome' }).waitFor({ state: 'detached' });
    const installed = (await readdir(server.dataFolder, { recursive: true })).filter((path) =>
      path.endsWith(join('media', 'sample', 'weather.pika')),
    );
    expect(installed).toHaveLength(1);
    const text = await readFile(join(server.dataFolder, installed[0] ?? ''), 'utf8');
    expect(text).toBe(await readFile(fromRepository('media', 'sample', 'weather.pika'), 'utf8'));
    await workbench.closeAll();
  });

  it('has a walkthrough whose steps have their pictures', async () => {
    const { page } = workbench;
    await workbench.runCommand('Welcome: Open Walkthrough');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Get Started with Pika-Plot' }).click();
    const steps = page.locator('.getting-started-step');
    await steps.nth(STEPS - 1).waitFor();
    expect(await steps.count()).toBe(STEPS);
    for (let step = 0; step < STEPS; step++) {
      await steps.nth(step).locator('.step-title').click();
      const picture = page.locator('.getting-started-media img');
      await workbench.until(async () => (await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)) > 0);
    }
  });
});
