import { describe, expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import type { SourceNode } from '#common/document/pikaDocument';
import { csv, sql, useSessions } from '../../support/useSessions.ts';

const sessions = useSessions();
const orders: SourceNode = {
  kind: 'source',
  id: 'orders',
  files: [],
  format: 'parquet',
  options: {},
  remote: { connection: 'lake', target: 'orders.parquet' },
  extra: {},
};

describe('a source with a connection', () => {
  test('says which setting is off, leaves the rest working, and runs again when the setting changes', async () => {
    const off = new PikaError('network-off', 'off', { setting: 'pika.network.enabled' });
    sessions.current().remote = { revision: 0, open: () => Promise.reject(off) };
    const { session } = await sessions.start(orders, csv('trips'), sql('many', 'SELECT * FROM orders'));
    await sessions.reaches(session, { orders: 'failed', trips: 'done', many: 'failed' });
    expect(sessions.stateOf(session, 'orders')?.error).toMatchObject({
      code: 'network-off',
      details: { setting: 'pika.network.enabled' },
    });

    const asked: string[] = [];
    sessions.current().remote = { revision: 1, open: async (name) => void asked.push(name) };
    await session.reconcile();
    await sessions.reaches(session, { orders: 'failed' });
    expect(asked).toEqual(['lake']);
    expect(sessions.stateOf(session, 'orders')?.error?.code).toBe('connection-missing');
    expect(sessions.stateOf(session, 'trips')?.state).toBe('done');
  });

  test('opens nothing in a workspace that is not trusted', async () => {
    const asked: string[] = [];
    sessions.current().remote = { revision: 0, open: async (name) => void asked.push(name) };
    sessions.current().isTrusted = false;
    const { session } = await sessions.start(orders);
    expect(session.isIdle).toBe(true);
    expect(asked).toEqual([]);
    expect(sessions.stateOf(session, 'orders')?.state).toBe('idle');
  });
});
