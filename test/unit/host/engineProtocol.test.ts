import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { ENGINE_PROTOCOL_VERSION, type EngineContract, type EngineHostContract } from '#common/protocol/engineContract';
import { RpcPeer } from '#common/protocol/rpc';
import { CancelWatch } from '../../../extension/host/cancelWatch.ts';
import { forkEngine } from '../../../extension/host/forkEngine.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { connectedPipes } from '../../support/pipes.ts';
import { testFolder } from '../../support/textFiles.ts';

const enginePath = inject('enginePath');
let folder: string;
let child: ChildProcess;
let peer: RpcPeer<EngineHostContract, EngineContract>;

beforeEach(async () => {
  folder = await testFolder();
  const forked = forkEngine(enginePath);
  child = forked.child;
  peer = new RpcPeer<EngineHostContract, EngineContract>(forked.pipe, {});
});
afterEach(() => void child.kill('SIGKILL'));

test('an engine refuses a host of another version', async () => {
  const greeting = peer.call('hello', { version: ENGINE_PROTOCOL_VERSION + 1, config: engineConfig(folder) });
  await expect(greeting).rejects.toMatchObject({ code: 'protocol-mismatch' });
});

test('an engine works for nobody before it is greeted, and answers unknown calls', async () => {
  await expect(peer.call('stats', null)).rejects.toMatchObject({ code: 'bad-request' });
  await expect(peer.call('dance' as 'stats', null)).rejects.toMatchObject({ code: 'bad-request' });
});

test('an engine ends, with its scratch folder, when its host goes away in the middle of a query', async () => {
  const config = engineConfig(folder);
  await peer.call('hello', { version: ENGINE_PROTOCOL_VERSION, config });
  expect(existsSync(config.scratchDirectory)).toBe(true);
  const sql = 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 3';
  peer.call('query', { sql, lane: 'result', subject: 'x', maxRows: 1 }).catch(() => undefined);
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
  expect(existsSync(config.scratchDirectory)).toBe(false);
});

test('a process that does not settle a cancelled call is reported, one that does is not', async () => {
  const reports: string[] = [];
  for (const name of ['deaf', 'polite']) {
    const [near, far] = connectedPipes();
    const watch = new CancelWatch(near, () => reports.push(name), 5);
    watch.onMessage(() => undefined);
    watch.post({ pika: 'call', id: 1, method: 'query', params: null });
    watch.post({ pika: 'cancel', id: 1 });
    if (name === 'polite') far.post({ pika: 'error', id: 1, error: {} });
  }
  while (reports.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(reports).toEqual(['deaf']);
});
