import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { fromRepository } from '../../extension/build/paths.ts';
import { workbenchUrl } from '../../extension/build/vscode/workbenchUrl.ts';
import { launchChromium } from '../support/chromium.ts';
import { packagedExtension } from '../support/packagedExtension.ts';
import { startTestServer } from '../support/vscodeServer.ts';
import { Workbench } from '../support/workbench.ts';
import { flightsWorkspace } from './flightsWorkspace.ts';
import { pictures } from './pictures.ts';

const VIEW = { width: 1440, height: 900 };
const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  hc: 'Default High Contrast',
  hcLight: 'Default High Contrast Light',
} as const;
type Theme = keyof typeof THEMES;

const { values } = parseArgs({
  options: { theme: { type: 'string', multiple: true }, only: { type: 'string' }, out: { type: 'string' } },
});
const themes = (values.theme ?? ['dark', 'light']) as Theme[];
const target = values.out ?? fromRepository('media');

const vsix = await packagedExtension();
const browser = await launchChromium('none');
try {
  for (const theme of themes) await takePictures(browser, theme);
} finally {
  await browser.close();
}

/** Takes every picture in one theme, from the packaged extension in a real VS Code. */
async function takePictures(browser: Browser, theme: Theme): Promise<void> {
  const folder = await folderOfPictures();
  const settings = { 'workbench.colorTheme': THEMES[theme], 'breadcrumbs.enabled': false };
  const server = await startTestServer({ vsixFiles: [vsix], settings });
  const page = await browser.newPage({ viewport: VIEW });
  try {
    await page.goto(workbenchUrl(server.url, { folder }));
    const workbench = new Workbench(page);
    await workbench.openMenuInExplorer('weather.csv', 'Open in Pika');
    await page.keyboard.press('Escape');
    for (const [name, take] of Object.entries(pictures)) {
      if (values.only !== undefined && values.only !== name) continue;
      const clip = await take(workbench);
      const path = join(target, `${name}-${theme}.png`);
      await mkdir(dirname(path), { recursive: true });
      await page.screenshot({ path, ...(clip && { clip }) });
      console.log(`${name}-${theme}.png`);
      await page.keyboard.press('Escape');
      await workbench.closeAll();
    }
  } finally {
    await page.close();
    await server.stop();
    await rm(dirname(folder), { recursive: true, force: true });
  }
}

/** A folder with the flights of the README's picture, the sample, and an earlier version of it. */
async function folderOfPictures(): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'pika-pictures-')), 'data');
  await mkdir(folder);
  const sample = (name: string) => fromRepository('media', 'sample', name);
  for (const name of ['weather.csv', 'normals.csv']) await copyFile(sample(name), join(folder, name));
  const text = await readFile(sample('weather.pika'), 'utf8');
  await writeFile(join(folder, 'later.pika'), text);
  const earlier = text
    .replace('avg(temp_max), 1) AS warmest', 'max(temp_max)) AS warmest')
    .replace('"title": "Highest temperature of a day, averaged by month"', '"title": "Highest temperature by month"')
    .replace('"x": 884, "y": 60, "width": 672', '"x": 900, "y": 60, "width": 640');
  await writeFile(join(folder, 'earlier.pika'), earlier);
  await copyFile(
    fromRepository('node_modules', 'vega-datasets', 'data', 'flights-3m.parquet'),
    join(folder, 'flights.parquet'),
  );
  await writeFile(join(folder, 'flights.pika'), JSON.stringify(flightsWorkspace, null, 2));
  return folder;
}
