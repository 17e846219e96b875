import { fork, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { ENGINE_POOL_THREADS } from '#common/base/limits';
import type { Disposable } from '#common/base/scope';
import { attachBytes, detachedByteLength } from '#common/protocol/detachedBytes';
import { ENGINE_DATA_DESCRIPTOR } from '#common/protocol/engineContract';
import type { MessagePipe } from '#common/protocol/rpc';
import { ByteStream } from './byteStream.ts';

/**
 * On Linux the C library keeps freed memory apart for each thread unless it is told otherwise: with DuckDB's threads that
 * made the engine nearly twice as large after one greedy statement. Other systems do not know the variable.
 */
const ENGINE_ENVIRONMENT = { UV_THREADPOOL_SIZE: String(ENGINE_POOL_THREADS), MALLOC_ARENA_MAX: '2' };

/** Starts an engine process, which ends when its channel is closed. */
export function forkEngine(enginePath: string): { readonly child: ChildProcess; readonly pipe: MessagePipe } {
  const child = fork(enginePath, [], {
    serialization: 'advanced',
    execArgv: [],
    env: { ...process.env, ...ENGINE_ENVIRONMENT },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'overlapped'],
  });
  return { child, pipe: new EnginePipe(child) };
}

/**
 * The messages to and from an engine. The bytes of a batch come beside its message, over a stream that nothing serialises;
 * messages after it wait for them, so that all are heard in the order in which they were sent.
 */
class EnginePipe implements MessagePipe {
  readonly #bytes: ByteStream;
  readonly #waiting: unknown[] = [];
  readonly #listeners = new Set<(message: unknown) => void>();

  constructor(private readonly child: ChildProcess) {
    this.#bytes = new ByteStream(child.stdio[ENGINE_DATA_DESCRIPTOR] as Readable, () => this.#deliver());
    child.on('message', (message) => {
      this.#waiting.push(message);
      this.#deliver();
    });
  }

  post(message: unknown): void {
    // A child that is just ending reports it by its exit, not here.
    if (this.child.connected) this.child.send(message as object, () => undefined);
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  #deliver(): void {
    while (this.#waiting.length > 0) {
      const message = this.#complete(this.#waiting[0]);
      if (message === null) return;
      this.#waiting.shift();
      for (const listener of this.#listeners) listener(message);
    }
  }

  /** A message with its bytes; null while they are on their way. */
  #complete(message: unknown): unknown {
    const byteLength = detachedByteLength(message);
    if (byteLength === null) return message;
    const bytes = this.#bytes.take(byteLength);
    return bytes && attachBytes(message, bytes);
  }
}
