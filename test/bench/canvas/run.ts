import { launchChromium } from '../../support/chromium.ts';
import { serveHarness } from '../../support/webviewHarness/serveHarness.ts';
import { machineLine } from '../machine.ts';
import { markdownTable } from '../markdownTable.ts';
import { measureCanvas, type CanvasFigure } from './measureCanvas.ts';
import { measureWorkspaces } from './measureWorkspaces.ts';

const SCENARIOS = [
  {
    part: '500',
    title: '500 nodes, 800 edges',
    scenario: 'fiveHundred',
    goals: { load: '≤ 1500', complete: '', frame: '≤ 16.7, p95 ≤ 33', key: '≤ 16' },
  },
  {
    part: '2000',
    title: '2,000 nodes, 3,200 edges',
    scenario: 'twoThousand',
    goals: { load: '', complete: '', frame: 'p95 ≤ 50', key: 'p95 ≤ 50' },
  },
] as const;
const WORKSPACES = 'workspaces';

const wanted = process.argv.slice(2);
const isWanted = (part: string) => wanted.length === 0 || wanted.includes(part);
const one = (ms: number) => `${ms.toFixed(1)} ms`;

function row({ name, times: { medianMs, p95Ms, medians } }: CanvasFigure, goal: string): string[] {
  return [name, one(medianMs), one(p95Ms), medians.map((ms) => ms.toFixed(1)).join(' to '), goal];
}

async function measureScreens(): Promise<void> {
  const server = await serveHarness();
  const browser = await launchChromium('none');
  try {
    for (const { part, title, scenario, goals } of SCENARIOS) {
      if (!isWanted(part)) continue;
      const rows: string[][] = [];
      for await (const figure of measureCanvas(browser, server.url, scenario)) {
        rows.push(row(figure, goals[figure.kind]));
        console.error(rows.at(-1)?.join('  '));
      }
      console.log(`\n${markdownTable([title, 'median', 'p95', 'medians of the repeats', 'goal (ms)'], rows)}`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

console.log(machineLine());
if (SCENARIOS.some(({ part }) => isWanted(part))) await measureScreens();
if (isWanted(WORKSPACES)) {
  const rows = await measureWorkspaces();
  console.log(`\n${markdownTable(['memory', 'at the start', 'after 20 workspaces', 'growth', 'goal'], rows)}`);
}
