import { createRequire } from 'node:module';
import { launchChromium } from '../../support/chromium.ts';
import { machineLine } from '../machine.ts';
import { markdownTable } from '../markdownTable.ts';
import type { Bench, ContestantName } from './page.ts';
import { runContest, type ContestLimits, type Outcome } from './runContest.ts';
import { serveBench } from './serveBench.ts';

/** Smaller runs: `PIKA_BENCH_ROWS=100000`, `PIKA_BENCH_SECONDS=10` for each contestant, `PIKA_BENCH_ROUNDS=1`. */
const ROWS = (process.env['PIKA_BENCH_ROWS'] ?? '100000,1000000,10000000').split(',').map(Number);
const LIMITS: ContestLimits = {
  secondsEach: Number(process.env['PIKA_BENCH_SECONDS'] ?? 30),
  rounds: Number(process.env['PIKA_BENCH_ROUNDS'] ?? 3),
  panSteps: 7,
};
/** Parts of the run by name, all of them when absent: `PIKA_BENCH_PARTS=density,scatter,line`. */
const PARTS = (process.env['PIKA_BENCH_PARTS'] ?? 'density,scatter,line').split(',');
const DENSITY_ROWS = 10_000_000;
const DENSITY_ROUNDS = 7;
const CONTESTS: Readonly<Record<'scatter' | 'line', readonly ContestantName[]>> = {
  scatter: ['plain loop', 'Pika, CPU tier', 'Pika, WebGPU', 'chartgpu', 'regl-scatterplot', 'plotly.js'],
  line: ['plain loop', 'Pika, CPU tier', 'Pika, WebGPU', 'uplot', 'chartgpu', 'plotly.js'],
};
const PEERS = ['chartgpu', 'plotly.js-dist-min', 'regl-scatterplot', 'uplot'];

const require = createRequire(import.meta.url);
const versions = PEERS.map(
  (name) => `${name} ${(require(`../../../node_modules/${name}/package.json`) as { version: string }).version}`,
);

const startMs = performance.now();
const server = await serveBench();
const browser = await launchChromium('software-webgpu');
console.log(
  `${machineLine()}\nChromium ${browser.version()} without a window, WebGPU and WebGL in software; ${versions.join(', ')}`,
);
try {
  if (PARTS.includes('density')) await printDensity();
  for (const kind of ['scatter', 'line'] as const) if (PARTS.includes(kind)) await printContest(kind);
} finally {
  await browser.close();
  await server.close();
}
console.log(`\n${Math.round((performance.now() - startMs) / 1000)} s in all`);

async function printDensity(): Promise<void> {
  const page = await browser.newPage();
  await page.goto(server.url);
  const times = await page.evaluate(
    ([rows, rounds]) => (window as unknown as { bench: Bench }).bench.measureDensity(rows, rounds),
    [DENSITY_ROWS, DENSITY_ROUNDS] as const,
  );
  await page.close();
  const plainMs = median(times.plain);
  const oneMs = median(times.oneWorker);
  console.log(
    `\nCounting ${count(DENSITY_ROWS)} rows into 1024 × 512 cells, median (spread) of ${DENSITY_ROUNDS} in turns\n`,
  );
  console.log(
    markdownTable(
      ['', 'ms', 'plain loop ÷ it', 'one worker ÷ it'],
      [
        ['plain loop', spread(times.plain), '1.00', ''],
        ['CPU twin', spread(times.twin), ratio(plainMs, median(times.twin)), ''],
        ['one worker, asked and answered', spread(times.oneWorker), ratio(plainMs, oneMs), '1.00'],
        [
          'two workers, asked and answered',
          spread(times.twoWorkers),
          ratio(plainMs, median(times.twoWorkers)),
          ratio(oneMs, median(times.twoWorkers)),
        ],
      ],
    ),
  );
}

async function printContest(kind: 'scatter' | 'line'): Promise<void> {
  const rows: string[][] = [];
  for (const size of ROWS) {
    const outcomes: [ContestantName, Outcome][] = [];
    for (const name of CONTESTS[kind])
      outcomes.push([name, await runContest(browser, server.url, { name, kind, rows: size }, LIMITS)]);
    const plain = outcomes[0]?.[1];
    for (const [name, outcome] of outcomes) rows.push([`${count(size)}, ${name}`, ...cells(outcome, plain)]);
  }
  console.log(`\n${kind}: milliseconds until the frame is there, median (spread); pan shows 0.4 of the x axis\n`);
  console.log(markdownTable(['rows, contestant', 'first', 'pan', 'plain loop ÷ first', 'plain loop ÷ pan'], rows));
}

function cells(outcome: Outcome, plain: Outcome | undefined): string[] {
  if ('failure' in outcome) return [outcome.failure, '', '', ''];
  const of = (times: readonly number[], key: 'first' | 'pan') =>
    plain && !('failure' in plain) ? ratio(median(plain[key]), median(times)) : '';
  return [spread(outcome.first), spread(outcome.pan), of(outcome.first, 'first'), of(outcome.pan, 'pan')];
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function spread(times: readonly number[]): string {
  return `${median(times).toFixed(0)} (${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)})`;
}

function ratio(over: number, under: number): string {
  return (over / under).toFixed(2);
}

function count(rows: number): string {
  return new Intl.NumberFormat('en-US').format(rows);
}
