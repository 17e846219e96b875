import { launchChromium } from '../../support/chromium.ts';
import { serveHarness } from '../../support/webviewHarness/serveHarness.ts';
import { machineLine } from '../machine.ts';
import { markdownTable } from '../markdownTable.ts';
import { measureCanvas, type CanvasFigures } from './measureCanvas.ts';
import type { Spread } from './spread.ts';

const SCENARIOS = [
  ['500 nodes, 800 edges', 'fiveHundred'],
  ['2,000 nodes, 3,200 edges', 'twoThousand'],
] as const;

const one = (ms: number) => `${ms.toFixed(1)} ms`;
const row = (name: string, { medianMs, p95Ms, medians: [low, high] }: Spread) => [
  name,
  one(medianMs),
  one(p95Ms),
  `${low.toFixed(1)} to ${one(high)}`,
];

function rowsOf({ loads, gestures, keystroke }: CanvasFigures): string[][] {
  return [
    ...loads.map(({ name, times }) => row(name, times)),
    ...gestures.map(({ name, times }) => row(name, times)),
    row('a key in a query', keystroke),
  ];
}

const server = await serveHarness();
const browser = await launchChromium('none');
console.log(machineLine());
try {
  for (const [title, scenario] of SCENARIOS) {
    const figures = await measureCanvas(browser, server.url, scenario);
    console.log(`\n${markdownTable([title, 'median', 'p95', 'medians of the repeats'], rowsOf(figures))}`);
  }
} finally {
  await browser.close();
  await server.close();
}
