import { describe, expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { RpcPeer, type Handlers } from '#common/protocol/rpc';
import { connectedPipes } from '../../support/pipes.ts';

interface Server {
  calls: {
    double: { params: number; result: number };
    fail: { params: null; result: null };
    crash: { params: null; result: null };
    wait: { params: null; result: string; progress: number };
  };
  events: { poke: string };
}
interface Client {
  calls: Record<string, never>;
  events: { told: string };
}

function connect(wait: Handlers<Server['calls']>['wait'] = () => new Promise(() => undefined)) {
  const [clientPipe, serverPipe] = connectedPipes();
  const server = new RpcPeer<Server, Client>(serverPipe, {
    double: (value) => Promise.resolve(value * 2),
    fail: () => Promise.reject(new PikaError('source-missing', 'gone', { path: 'a.csv', line: 3 })),
    crash: () => Promise.reject(new TypeError('a bug')),
    wait,
  });
  const client = new RpcPeer<Client, Server>(clientPipe, {});
  return { client, server };
}

const settled = (promise: Promise<unknown>) =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ code: PikaError.is(error) ? error.code : 'foreign', details: (error as PikaError).details }),
  );

describe('a call', () => {
  test('resolves with the handler’s result', async () => {
    expect(await connect().client.call('double', 21)).toBe(42);
  });

  test('rejects with the handler’s code and details', async () => {
    expect(await settled(connect().client.call('fail', null))).toEqual({
      code: 'source-missing',
      details: { path: 'a.csv', line: 3 },
    });
  });

  test('turns a bug of the handler into an internal error', async () => {
    expect(await settled(connect().client.call('crash', null))).toMatchObject({ code: 'internal' });
  });

  test('is refused when the other side does not know it', async () => {
    const { client } = connect();
    expect(await settled(client.call('toString' as 'double', 1))).toMatchObject({ code: 'bad-request' });
  });

  test('rejects at once when aborted, and aborts the handler on the other side', async () => {
    const aborted = Promise.withResolvers<void>();
    const { client } = connect((_, { signal }) => {
      signal.addEventListener('abort', () => aborted.resolve());
      return new Promise(() => undefined);
    });
    const controller = new AbortController();
    const call = settled(client.call('wait', null, { signal: controller.signal }));
    await client.call('double', 1);
    controller.abort();
    expect(await call).toMatchObject({ code: 'cancelled' });
    await aborted.promise;
  });

  test('settles once: an answer after the abort is dropped', async () => {
    const answer = Promise.withResolvers<string>();
    const { client } = connect(() => answer.promise);
    const controller = new AbortController();
    const call = settled(client.call('wait', null, { signal: controller.signal }));
    controller.abort();
    answer.resolve('late');
    expect(await call).toMatchObject({ code: 'cancelled' });
    expect(await client.call('double', 2)).toBe(4);
  });

  test('passes progress on in order, and none after its end', async () => {
    const seen: number[] = [];
    const { client } = connect((_, { report }) => {
      report(0.25);
      report(0.5);
      return Promise.resolve('done');
    });
    expect(await client.call('wait', null, { onProgress: (value) => seen.push(value) })).toBe('done');
    expect(seen).toEqual([0.25, 0.5]);
  });

  test('in flight rejects with the reason when the conversation closes, and later calls too', async () => {
    const { client } = connect();
    const call = settled(client.call('wait', null));
    client.close(new PikaError('engine-crashed', 'gone'));
    expect(await call).toMatchObject({ code: 'engine-crashed' });
    expect(await settled(client.call('double', 1))).toMatchObject({ code: 'engine-crashed' });
  });
});

test('handlers of a page that is gone are aborted, and the next page is answered', async () => {
  const aborted = Promise.withResolvers<void>();
  const { client, server } = connect((_, { signal }) => {
    signal.addEventListener('abort', () => aborted.resolve());
    return new Promise(() => undefined);
  });
  void settled(client.call('wait', null));
  await client.call('double', 1);
  server.abortHandlers();
  await aborted.promise;
  expect(await client.call('double', 4)).toBe(8);
});

test('one-way messages reach only their listeners', async () => {
  const { client, server } = connect();
  const pokes: string[] = [];
  const subscription = server.on('poke')((text) => pokes.push(text));
  client.send('poke', 'a');
  await client.call('double', 1);
  subscription.dispose();
  client.send('poke', 'b');
  await client.call('double', 1);
  expect(pokes).toEqual(['a']);
});

test('foreign messages on the pipe are ignored', async () => {
  const [clientPipe, serverPipe] = connectedPipes();
  const client = new RpcPeer<Client, Server>(clientPipe, {});
  for (const message of [null, 1, 'text', {}, { pika: 'result', id: 99, result: 1 }]) serverPipe.post(message);
  client.dispose();
  expect(await settled(client.call('double', 1))).toMatchObject({ code: 'disposed' });
});
