import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, inject, test } from 'vitest';
import { Tracer } from '#common/base/trace';
import type { MemoryPressure } from '#common/protocol/engineContract';
import { openMemoryProbe } from '../../../extension/engine/memory/memoryProbe.ts';
import { readMachineMemory } from '../../../extension/engine/memory/freeMemory.ts';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { testFolder } from '../../support/textFiles.ts';

const MB = 1024 * 1024;
const ROWS = 4_000_000;

test('the probe counts tables in memory, and not the pages of files', async () => {
  const folder = await testFolder();
  const instance = await DuckDBInstance.create(join(folder, 'data.duckdb'));
  const connection = await instance.connect();
  const probe = await openMemoryProbe(instance);
  const before = await probe();
  await connection.run(`CREATE TEMP TABLE t AS SELECT hash(range) AS h FROM range(${ROWS})`);
  const withTable = await probe();
  await connection.run('DROP TABLE t');
  await connection.run(`CREATE TABLE t AS SELECT hash(range) AS h FROM range(${ROWS}); CHECKPOINT`);
  await connection.run('SELECT max(h) FROM t');
  const withPages = await probe();
  expect(withTable.duckdbBytes - before.duckdbBytes).toBeGreaterThan(ROWS * 8 * 0.9);
  expect(withPages.duckdbBytes - before.duckdbBytes).toBeLessThan(ROWS * 8 * 0.1);
  expect(withTable.residentBytes).toBeGreaterThan(ROWS * 8);
});

test('this machine has memory, and some of it is free where the system says so', async () => {
  const { totalBytes, freeBytes } = await readMachineMemory();
  expect(totalBytes).toBeGreaterThan(512 * MB);
  if (freeBytes === null) expect(process.platform).toBe('darwin');
  else expect(freeBytes > 0 && freeBytes < totalBytes).toBe(true);
});

test('an engine tells when a statement takes most of its memory, and when that is over', async () => {
  const folder = await testFolder();
  const engine = new EngineClient({
    enginePath: inject('enginePath'),
    config: () => engineConfig(folder, { memoryLimitBytes: 128 * MB }),
    log: () => undefined,
    tracer: new Tracer(() => undefined),
  });
  const next = () =>
    new Promise<MemoryPressure | null>((resolve) => {
      const listening = engine.onDidChangePressure((pressure) => {
        listening.dispose();
        resolve(pressure);
      });
    });
  const before = (await engine.stats()).pressure;
  const controller = new AbortController();
  const risen = next();
  const sql = 'SELECT count(*) FROM (SELECT hash(range) AS h, count(*) FROM range(1000000000) GROUP BY h)';
  const running = engine.query({ sql, lane: 'result', subject: 'test', maxRows: 1 }, { signal: controller.signal });
  const pressure = await risen;
  const during = (await engine.stats()).pressure;
  controller.abort();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  while ((await engine.stats()).pressure !== 'normal') await new Promise((resolve) => setTimeout(resolve, 20));
  expect(before).toBe('normal');
  expect(during).not.toBe('normal');
  expect(pressure?.readings.duckdbBytes).toBeGreaterThan(0.75 * 128 * MB);
  engine.dispose();
});
