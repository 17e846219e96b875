import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fromRepository } from '../../../extension/build/paths.ts';
import { workbenchUrl } from '../../../extension/build/vscode/workbenchUrl.ts';
import { launchChromium } from '../../support/chromium.ts';
import { packagedExtension } from '../../support/packagedExtension.ts';
import { startTestServer } from '../../support/vscodeServer.ts';
import { Workbench } from '../../support/workbench.ts';
import { buildProbe } from './buildProbe.ts';
import type { ProbeReading } from './probe.ts';
import { findChild, peakResidentBytes, residentBytes, watchMemory } from './processMemory.ts';

/** What a user sees and what it costs; times are milliseconds from the click on *Open in Pika*. */
export interface Opening {
  readonly canvasMs: number;
  readonly firstRowsMs: number;
  readonly firstPictureMs: number;
  readonly importMs: number;
  /** Time to the first rows when the file is opened once more in the same window, its import done. */
  readonly secondFirstRowsMs: number;
  readonly enginePeakBytes: number;
  readonly hostGrowthBytes: number;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
}

const VIEW = { width: 1700, height: 1050 };
const MEMORY_INTERVAL_MS = 50;
const FIRST_ROWS = '[data-node-kind="table"] [role="gridcell"]:not(.pending)';
const IMPORT_TIMEOUT_MS = 120_000;
const FAILURE_PICTURE = fromRepository('.cache', 'bench', 'failed.png');

/** Opens a CSV from the explorer of a real VS Code and measures until its import is done. */
export async function measureOpening(csv: string, memoryLimitMb: number): Promise<Opening> {
  const scratch = await mkdtemp(join(tmpdir(), 'pika-bench-'));
  const probeFile = join(scratch, 'probe.json');
  const server = await startTestServer({
    vsixFiles: [await packagedExtension()],
    settings: { 'pika.engine.memoryLimit': memoryLimitMb },
    environment: { PIKA_PROBE_FILE: probeFile },
  });
  const browser = await launchChromium('none');
  try {
    const page = await browser.newPage({ viewport: VIEW });
    const extensionDevelopmentPath = await buildProbe();
    await page.goto(workbenchUrl(server.url, { folder: dirname(csv), extensionDevelopmentPath }));
    return await measure(new Workbench(page), csv, probeFile).catch(async (error: unknown) => {
      await page.screenshot({ path: FAILURE_PICTURE });
      throw error;
    });
  } finally {
    await browser.close();
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measure(workbench: Workbench, csv: string, probeFile: string): Promise<Opening> {
  await workbench.ready();
  await workbench.runCommand('Pika Probe: Start');
  const host = await readProbe(workbench, probeFile);
  const hostBytes = await residentBytes(host.pid);
  const memory = watchMemory(host.pid, MEMORY_INTERVAL_MS);
  await workbench.openMenuInExplorer(basename(csv), 'Open in Pika');
  const startedMs = performance.now();
  await workbench.chooseMenuItem('Open in Pika');
  const [canvasMs, firstRowsMs, firstPictureMs, importMs] = await Promise.all([
    reached(workbench, '#app > *', startedMs),
    reached(workbench, FIRST_ROWS, startedMs),
    reached(workbench, '[data-node-kind="plot"][data-counted]', startedMs),
    reached(workbench, '[data-node-kind="source"] >> text="imported"', startedMs),
  ]);
  const engine = await findChild(host.pid, 'engine.cjs');
  const enginePeakBytes = engine === undefined ? 0 : await peakResidentBytes(engine);
  await workbench.runCommand('Pika Probe: End');
  const end = await readProbe(workbench, probeFile, (reading) => reading.lagP99Ms > 0);
  const hostGrowthBytes = Math.max(0, memory.stop() - hostBytes);
  const { lagP99Ms, lagMaxMs } = end;
  await workbench.closeAll();
  const secondFirstRowsMs = await openAgain(workbench, basename(csv));
  const times = { canvasMs, firstRowsMs, firstPictureMs, importMs, secondFirstRowsMs };
  return { ...times, enginePeakBytes, hostGrowthBytes, lagP99Ms, lagMaxMs };
}

async function openAgain(workbench: Workbench, name: string): Promise<number> {
  await workbench.openMenuInExplorer(name, 'Open in Pika');
  const startedMs = performance.now();
  await workbench.chooseMenuItem('Open in Pika');
  return reached(workbench, FIRST_ROWS, startedMs);
}

async function reached(workbench: Workbench, selector: string, startedMs: number): Promise<number> {
  await workbench.canvas().locator(selector).first().waitFor({ state: 'attached', timeout: IMPORT_TIMEOUT_MS });
  return performance.now() - startedMs;
}

async function readProbe(
  workbench: Workbench,
  file: string,
  isReady: (reading: ProbeReading) => boolean = () => true,
): Promise<ProbeReading> {
  let reading: ProbeReading | undefined;
  await workbench.until(async () => {
    const text = await readFile(file, 'utf8').catch(() => '');
    reading = text === '' ? undefined : (JSON.parse(text) as ProbeReading);
    return reading !== undefined && isReady(reading);
  });
  if (!reading) throw new Error('the probe wrote nothing');
  return reading;
}
