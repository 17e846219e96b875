import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readDocument } from '#common/document/readDocument';
import { fromRepository } from '../../../extension/build/paths.ts';
import { DocumentSession } from '../../../extension/editor/documentSession.ts';
import { ResultStore } from '../../../extension/editor/kept/resultStore.ts';
import type { EngineClient } from '../../../extension/host/engineClient.ts';
import { MemoryStore } from '../../support/memoryStore.ts';
import { BenchEngine } from '../engine/benchEngine.ts';

const SAMPLE = fromRepository('media', 'sample');
const SAMPLE_FILES = ['weather.csv', 'normals.csv'];
const WARM_UPS = 3;
const WORKSPACES = 20;
const MB = 1_000_000;
const WINDOW = { rowOffset: 0, rowCount: 200, columnOffset: 0, columnCount: 10 };
const PLOT_SIZE = { widthPx: 640, heightPx: 480 };

interface Memory {
  readonly hostBytes: number;
  readonly engineBytes: number;
}

/**
 * Memory of the extension's side and of the engine before and after workspaces that were opened, run, read and closed:
 * what lives on the JavaScript heap after a collection, and the resident memory of the engine's process.
 */
export async function measureWorkspaces(): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'pika-bench-'));
  for (const name of SAMPLE_FILES) await copyFile(join(SAMPLE, name), join(folder, name));
  const text = await readFile(join(SAMPLE, 'weather.pika'), 'utf8');
  const bench = await BenchEngine.start([folder]);
  const engine = bench.client;
  const results = new ResultStore({ folder: join(folder, 'results'), maxBytes: () => 1024 ** 3, madeBy: 'bench' });
  try {
    for (let count = 0; count < WARM_UPS; count++) await openAndClose(text, { folder, engine, results });
    const before = await memoryOf(engine);
    for (let count = 0; count < WORKSPACES; count++) await openAndClose(text, { folder, engine, results });
    const after = await memoryOf(engine);
    return [
      row("heap of the extension's side", before.hostBytes, after.hostBytes),
      row('engine', before.engineBytes, after.engineBytes),
    ];
  } finally {
    await results.settle();
    await bench.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface World {
  readonly folder: string;
  readonly engine: EngineClient;
  readonly results: ResultStore;
}

async function openAndClose(text: string, { folder, engine, results }: World): Promise<void> {
  const store = new MemoryStore(readDocument(text).document, folder);
  const session = new DocumentSession(store, {
    engine,
    results,
    log: () => undefined,
    remote: { revision: 0, open: () => Promise.resolve() },
    isTrusted: () => true,
    rendererSetting: () => 'cpu',
    refreshesOnChange: () => false,
    listDataFiles: () => Promise.resolve(SAMPLE_FILES),
    watchSources: () => ({
      onDidChange: () => ({ dispose: () => undefined }),
      watch: () => undefined,
      dispose: () => undefined,
    }),
  });
  const signal = new AbortController().signal;
  await session.start();
  for (const { id, kind } of session.document.nodes) {
    if (kind === 'source' || kind === 'query' || kind === 'table') await session.runs.completeRows(id);
    if (kind === 'table') await session.runs.readRows(id, WINDOW, signal);
    if (kind !== 'plot') continue;
    await session.runs.completeRows(id);
    const { header } = await session.plots.open({ id, ...PLOT_SIZE }, signal);
    while (await session.plots.streams.next(header.streamId));
  }
  await session.settleResults();
  session.dispose();
  store.dispose();
}

async function memoryOf(engine: EngineClient): Promise<Memory> {
  const { residentBytes } = await engine.stats();
  collectGarbage();
  return { hostBytes: process.memoryUsage().heapUsed, engineBytes: residentBytes };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}

function row(name: string, before: number, after: number): string[] {
  const growth = `${((after / before - 1) * 100).toFixed(1)} %`;
  return [name, megabytes(before), megabytes(after), growth, '≤ 10 %'];
}

function megabytes(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`;
}
