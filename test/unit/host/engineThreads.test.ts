import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { ENGINE_POOL_THREADS, ENGINE_STATEMENTS } from '#common/base/limits';
import { Tracer } from '#common/base/trace';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { testFolder } from '../../support/textFiles.ts';

const enginePath = inject('enginePath');
const LONG = 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 3';
let folder: string;
let engine: EngineClient;

beforeEach(async () => {
  folder = await testFolder();
  const config = () => engineConfig(folder);
  engine = new EngineClient({ enginePath, config, log: () => undefined, tracer: new Tracer(() => undefined) });
});
afterEach(() => engine.dispose());

/** Starts statements that do not end, more than may run at once, and waits until no other one is let in. */
async function occupyEngine(): Promise<void> {
  for (let started = 0; started < 2 * ENGINE_STATEMENTS; started++) {
    const request = { sql: LONG, lane: 'interactive', subject: `${started}`, maxRows: 1 } as const;
    engine.query(request).catch(() => undefined);
  }
  for (;;) {
    const { runningCount, queuedCount } = await engine.stats();
    if (runningCount + queuedCount === 2 * ENGINE_STATEMENTS) return;
  }
}

test('as many statements run as are meant to, and texts are parsed and folders read beside them', async () => {
  await occupyEngine();
  expect(await engine.stats()).toMatchObject({ runningCount: ENGINE_STATEMENTS, queuedCount: ENGINE_STATEMENTS });
  // Each statement holds a thread of the process's pool until it ends, and these two need one as well.
  expect(await engine.inspectSql('SELECT 1')).toMatchObject({ kind: 'select' });
  expect(await engine.clearCache()).toEqual({ freedBytes: 0 });
});

test.runIf(process.platform === 'linux')('the process has its pool from the number of statements', async () => {
  const { pid } = await engine.stats();
  const environment = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
  const sizes = environment.filter((entry) => entry.startsWith('UV_THREADPOOL_SIZE='));
  expect(sizes).toEqual([`UV_THREADPOOL_SIZE=${ENGINE_POOL_THREADS}`]);
});
