import { Emitter, type Event } from '../base/emitter.ts';
import { PikaError, toWireError, type WireError } from '../base/pikaError.ts';
import type { Disposable } from '../base/scope.ts';

/** A two-way message pipe: a forked process, a webview, or a test double. */
export interface MessagePipe {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
}

/** The calls one side answers: method name → parameters, result and (optional) progress. */
export type Calls = Record<string, { params: unknown; result: unknown; progress?: unknown }>;
/** The one-way messages one side receives. */
export type Events = Record<string, unknown>;

/** Everything one side offers to the other. */
export interface Contract {
  calls: Calls;
  events: Events;
}

/** What a handler gets besides its parameters. */
export interface CallContext<Progress = unknown> {
  readonly signal: AbortSignal;
  report(progress: Progress): void;
}

/** Options of an outgoing call. */
export interface CallOptions<Progress = unknown> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Answers for every call of a contract. */
export type Handlers<C extends Calls> = {
  [M in keyof C]: (params: C[M]['params'], context: CallContext<C[M]['progress']>) => Promise<C[M]['result']>;
};

type Envelope =
  | { pika: 'call'; id: number; method: string; params: unknown }
  | { pika: 'progress'; id: number; progress: unknown }
  | { pika: 'result'; id: number; result: unknown }
  | { pika: 'error'; id: number; error: WireError }
  | { pika: 'cancel'; id: number }
  | { pika: 'event'; name: string; payload: unknown };

interface Pending {
  resolve(value: unknown): void;
  reject(error: PikaError): void;
  onProgress: ((progress: never) => void) | undefined;
  release(): void;
}

/**
 * One end of a typed conversation; the same class runs on both sides with the type arguments swapped.
 *
 * Life cycle: every call settles exactly once, with its result, its failure, `cancelled` (its signal aborted) or the
 * reason given to `close`. Aborting rejects at once here and aborts the handler's signal over there; a late answer is dropped.
 */
export class RpcPeer<Local extends Contract, Remote extends Contract> implements Disposable {
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, AbortController>();
  readonly #events = new Emitter<{ name: string; payload: unknown }>();
  readonly #subscription: Disposable;
  #nextId = 1;
  #closed: PikaError | undefined;

  constructor(
    private readonly pipe: MessagePipe,
    private readonly handlers: Handlers<Local['calls']>,
  ) {
    this.#subscription = pipe.onMessage((message) => this.#receive(message));
  }

  /** Calls the other side. @throws PikaError of any code; `cancelled` when the signal aborts. */
  call<M extends keyof Remote['calls'] & string>(
    method: M,
    params: Remote['calls'][M]['params'],
    options: CallOptions<Remote['calls'][M]['progress']> = {},
  ): Promise<Remote['calls'][M]['result']> {
    if (this.#closed) return Promise.reject(this.#closed);
    const { signal, onProgress } = options;
    if (signal?.aborted) return Promise.reject(new PikaError('cancelled', 'The work was cancelled.'));
    const id = this.#nextId++;
    return new Promise<unknown>((resolve, reject) => {
      const onAbort = () => {
        this.#settle(id)?.reject(new PikaError('cancelled', 'The work was cancelled.'));
        this.#post({ pika: 'cancel', id });
      };
      const release = () => signal?.removeEventListener('abort', onAbort);
      signal?.addEventListener('abort', onAbort);
      this.#pending.set(id, { resolve, reject, onProgress: onProgress, release });
      try {
        this.pipe.post({ pika: 'call', id, method, params } satisfies Envelope);
      } catch (error) {
        this.#settle(id)?.reject(new PikaError('internal', `could not send ${method}`, {}, { cause: error }));
      }
    });
  }

  /** Sends a one-way message. */
  send<N extends keyof Remote['events'] & string>(name: N, payload: Remote['events'][N]): void {
    this.#post({ pika: 'event', name, payload });
  }

  /** Listens to a one-way message of the other side. */
  on<N extends keyof Local['events'] & string>(name: N): Event<Local['events'][N]> {
    return (listener) =>
      this.#events.event((event) => {
        if (event.name === name) listener(event.payload as Local['events'][N]);
      });
  }

  /** Aborts the handlers that still run for a page that is gone, while the pipe to its successor stays. */
  abortHandlers(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  /** Ends the conversation: calls in flight reject with `reason`, handlers still running are aborted. */
  close(reason: PikaError): void {
    if (this.#closed) return;
    this.#closed = reason;
    this.#subscription.dispose();
    this.#events.dispose();
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(reason);
    this.abortHandlers();
  }

  dispose(): void {
    this.close(new PikaError('disposed', 'The other side was closed.'));
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.release();
    return pending;
  }

  #post(envelope: Envelope): void {
    if (!this.#closed) this.pipe.post(envelope);
  }

  #receive(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('pika' in message)) return;
    // The sender is the same class at the other end, and both ends agreed on a protocol version.
    const envelope = message as Envelope;
    switch (envelope.pika) {
      case 'call':
        void this.#answer(envelope.id, envelope.method, envelope.params);
        return;
      case 'progress':
        this.#pending.get(envelope.id)?.onProgress?.(envelope.progress as never);
        return;
      case 'result':
        this.#settle(envelope.id)?.resolve(envelope.result);
        return;
      case 'error':
        this.#settle(envelope.id)?.reject(PikaError.fromWire(envelope.error));
        return;
      case 'cancel':
        this.#running.get(envelope.id)?.abort();
        return;
      case 'event':
        this.#events.fire({ name: envelope.name, payload: envelope.payload });
        return;
    }
  }

  async #answer(id: number, method: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const handler = Object.hasOwn(this.handlers, method) ? this.handlers[method] : undefined;
      if (!handler) throw new PikaError('bad-request', `unknown call ${method}`);
      const report = (progress: unknown) => this.#post({ pika: 'progress', id, progress });
      const result = await handler(params, { signal: controller.signal, report });
      this.#post({ pika: 'result', id, result });
    } catch (error) {
      this.#post({ pika: 'error', id, error: toWireError(error) });
    } finally {
      this.#running.delete(id);
    }
  }
}
