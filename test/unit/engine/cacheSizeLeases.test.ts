import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { CacheLeases, LEASE_FOLDER } from '../../../extension/engine/cache/cacheLeases.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

const KEY = 'a'.repeat(32);
const DEAD_PID = 999_999_999;
const HERE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const ELSEWHERE = '0badcafe';
let folder: string;

beforeEach(async () => {
  folder = await testFolder();
  await mkdir(join(folder, LEASE_FOLDER));
});

function leaseFiles(): Promise<readonly string[]> {
  return readdir(join(folder, LEASE_FOLDER));
}

function check(name: string, lease: { pid: number; host: string; ageHours: number }, isHeld: boolean): void {
  test(name, async () => {
    const path = await writeInto(join(folder, LEASE_FOLDER), `${KEY}.${lease.pid}-${randomUUID()}-${lease.host}`, '');
    const time = Date.now() / 1000 - lease.ageHours * 3600;
    await utimes(path, time, time);
    const held = await new CacheLeases(folder).heldByOthers();
    expect([[...held], (await leaseFiles()).length]).toEqual(isHeld ? [[KEY], 1] : [[], 0]);
  });
}

check(
  'a living process holds what it has taken, however long ago',
  { pid: process.ppid, host: HERE, ageHours: 99 },
  true,
);
check('a dead process holds nothing', { pid: DEAD_PID, host: HERE, ageHours: 0 }, false);
check('a process of another machine is believed for a day', { pid: DEAD_PID, host: ELSEWHERE, ageHours: 23 }, true);
check('and not for longer', { pid: DEAD_PID, host: ELSEWHERE, ageHours: 25 }, false);

test('an engine is told what others hold, not what it holds itself', async () => {
  const [one, two] = [new CacheLeases(folder), new CacheLeases(folder)];
  await one.take(KEY);
  await one.take(KEY);
  const seen = async () => Promise.all([one, two].map(async (each) => [...(await each.heldByOthers())]));
  expect(await seen()).toEqual([[], [KEY]]);
  await one.drop(KEY);
  expect([await seen(), await leaseFiles()]).toEqual([[[], []], []]);
});

test('files that are no leases are left alone', async () => {
  await writeInto(join(folder, LEASE_FOLDER), 'notes.txt', 'mine');
  expect([...(await new CacheLeases(folder).heldByOthers())]).toEqual([]);
  expect(await leaseFiles()).toEqual(['notes.txt']);
});
