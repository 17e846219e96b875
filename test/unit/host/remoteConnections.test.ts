import { beforeEach, describe, expect, test } from 'vitest';
import { RemoteConnections } from '../../../extension/host/remoteConnections.ts';

const LAKE = { name: 'lake', type: 's3', url: 's3://bucket/' };
const SECRETS = { keyId: 'AK', secret: 'S3CRET' };

function world(stored: Record<string, string> = {}) {
  const settings = { isNetworkEnabled: true, areExtensionsEnabled: true, connections: [LAKE] as unknown[] };
  const kept = new Map(Object.entries(stored));
  const heard: string[] = [];
  const reads: string[] = [];
  const store = {
    get: async (key: string) => {
      reads.push(key);
      return kept.get(key);
    },
    store: async (key: string, value: string) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
  };
  const listener = { onDidOpen: () => void heard.push('open'), onDidForget: () => void heard.push('forget') };
  const remote = new RemoteConnections(() => settings, store, listener);
  return { settings, kept, heard, reads, remote };
}

describe('a connection', () => {
  let at: ReturnType<typeof world>;
  beforeEach(() => {
    at = world({ 'pika.connection.lake': JSON.stringify({ ...SECRETS, other: 'x' }) });
  });

  test('is open once a source asks for it, with its secrets', async () => {
    expect(at.remote.held).toEqual([]);
    await Promise.all([at.remote.open('lake'), at.remote.open('lake')]);
    expect(at.remote.held).toEqual([{ name: 'lake', type: 's3', fields: { url: 's3://bucket/' }, secrets: SECRETS }]);
    expect(at.heard).toEqual(['open']);
  });

  test.each([
    ['isNetworkEnabled', 'pika.network.enabled'],
    ['areExtensionsEnabled', 'pika.extensions.enabled'],
  ] as const)('stays closed while %s is off: its secrets are not even read', async (name, setting) => {
    at.settings[name] = false;
    await expect(at.remote.open('lake')).rejects.toMatchObject({ code: 'network-off', details: { setting } });
    expect(at.remote.held).toEqual([]);
    expect(at.reads).toEqual([]);
  });

  test('has to be in the settings, whole and without secrets', async () => {
    await expect(at.remote.open('pond')).rejects.toMatchObject({ code: 'connection-missing' });
    at.settings.connections = [null, { ...LAKE, secret: 'S3CRET' }];
    await expect(at.remote.open('lake')).rejects.toMatchObject({
      code: 'connection-missing',
      details: { setting: 'pika.connections', hint: expect.not.stringContaining('S3CRET') as string },
    });
  });

  test('is closed when its settings or secrets change, and opened with the new ones', async () => {
    await at.remote.open('lake');
    const before = at.remote.revision;
    await at.remote.keepSecrets('lake', { keyId: 'B', secret: 'new' });
    expect(at.remote.held).toEqual([]);
    expect(at.remote.revision).toBeGreaterThan(before);
    await at.remote.open('lake');
    expect(at.remote.held[0]?.secrets).toEqual({ keyId: 'B', secret: 'new' });
    await at.remote.removeSecrets('lake');
    expect(at.kept.size).toBe(0);
    expect(at.heard).toEqual(['open', 'forget', 'open', 'forget']);
  });

  test('that changes while it is being opened is opened with the new secrets', async () => {
    const opening = at.remote.open('lake');
    await at.remote.keepSecrets('lake', { secret: 'new' });
    await opening;
    expect(at.remote.held[0]?.secrets).toEqual({ secret: 'new' });
  });

  test('leaves its secrets in no text, as they are or as addresses and SQL carry them', async () => {
    await at.remote.keepSecrets('lake', { secret: "a'b/c" });
    await at.remote.open('lake');
    expect(at.remote.redact("x a'b/c y a''b/c z https://h?k=a'b%2Fc")).toBe('x ••• y ••• z https://h?k=•••');
  });
});
