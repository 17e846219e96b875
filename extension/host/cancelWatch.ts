import type { Disposable } from '#common/base/scope';
import type { MessagePipe } from '#common/protocol/rpc';

/** An engine that has not settled a cancelled call after this long does not listen any more. */
const PATIENCE_MS = 2000;

/** Reports a process that leaves a cancelled call unsettled, by watching the messages to and from it. */
export class CancelWatch implements MessagePipe, Disposable {
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly pipe: MessagePipe,
    private readonly onDeaf: () => void,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  post(message: unknown): void {
    const { kind, id } = headOf(message);
    if (kind === 'cancel') this.#timers.set(id, setTimeout(this.onDeaf, this.patienceMs));
    this.pipe.post(message);
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    return this.pipe.onMessage((message) => {
      const { kind, id } = headOf(message);
      if (kind === 'result' || kind === 'error') this.#clear(id);
      listener(message);
    });
  }

  dispose(): void {
    for (const id of [...this.#timers.keys()]) this.#clear(id);
  }

  #clear(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}

function headOf(message: unknown): { kind: unknown; id: number } {
  const envelope = message as { pika?: unknown; id?: number } | null;
  return { kind: envelope?.pika, id: envelope?.id ?? 0 };
}
