import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { Tracer } from '#common/base/trace';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { THIS_MACHINE } from '../../../extension/engine/cache/thisMachine.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

const enginePath = inject('enginePath');
const LONG = 'SELECT count(*) FROM range(40000) a, range(40000) b WHERE hash(a.range, b.range) = 3';
const MEMORY_LIMIT_BYTES = 200_000_000;
let folder: string;
let engine: EngineClient;

beforeEach(async () => {
  folder = await testFolder();
  engine = client(enginePath);
});
afterEach(() => engine.dispose());

function client(path: string, greetingPatienceMs = 30_000): EngineClient {
  const config = () => engineConfig(folder, { memoryLimitBytes: MEMORY_LIMIT_BYTES });
  const log = () => undefined;
  return new EngineClient({ enginePath: path, config, log, tracer: new Tracer(() => undefined), greetingPatienceMs });
}

function query(sql: string, signal = new AbortController().signal) {
  return engine.query({ sql, lane: 'result', subject: 'test', maxRows: 10 }, { signal });
}

async function valueOf(sql: string): Promise<unknown> {
  return tableFromIPC((await query(sql)).ipc)
    .getChildAt(0)
    ?.get(0);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (PikaError.is(error) ? error.code : String(error)),
  );
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('an engine that never answers is ended with a plain failure, and given up like one that crashes', async () => {
  engine.dispose();
  engine = client(
    await writeInto(folder, 'engine.cjs', 'setInterval(() => {}, 1000); process.on("message", () => {})'),
    100,
  );
  const codes: string[] = [];
  for (let attempt = 0; attempt < 3; attempt++) codes.push(await codeOf(query('SELECT 1')));
  expect([codes, engine.state]).toEqual([Array(3).fill('engine-unavailable'), 'failed']);
});

test('an engine stopped in its tracks is replaced after a cancel, and what else it was asked is asked again', async () => {
  for (let round = 0; round < 3; round++) {
    const { pid } = await engine.stats();
    const controller = new AbortController();
    const cancelled = codeOf(query(LONG, controller.signal));
    await until(async () => (await engine.stats()).runningCount === 1);
    process.kill(pid, 'SIGSTOP');
    const other = valueOf('SELECT 42');
    controller.abort();
    expect([await cancelled, await other]).toEqual(['cancelled', 42]);
    expect((await engine.stats()).pid).not.toBe(pid);
  }
  expect(engine.state).toBe('ready');
});

test('a statement that takes the memory outside of the limit is stopped by name, and the next one works', async () => {
  const error: unknown = await query("SELECT len(list_transform(range(9000000), x -> repeat('abc', 30)))").catch(
    (failure: unknown) => failure,
  );
  expect(error).toMatchObject({ code: 'memory-pressure' });
  expect(await valueOf('SELECT 42')).toBe(42);
});

test('scratch folders of engines that died together with their host are removed, others stay', async () => {
  const ended = 2 ** 22 + 1;
  const owners = {
    dead: `owner-${ended}-${THIS_MACHINE}`,
    alive: `owner-${process.pid}-${THIS_MACHINE}`,
    far: `owner-${ended}-00000000`,
  };
  for (const [name, owner] of Object.entries(owners)) {
    await mkdir(join(folder, name, '1'), { recursive: true });
    await writeFile(join(folder, name, '1', owner), '');
  }
  await engine.stats();
  expect(Object.keys(owners).filter((name) => existsSync(join(folder, name)))).toEqual(['alive', 'far']);
});
