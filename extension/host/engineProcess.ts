import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import {
  ENGINE_PROTOCOL_VERSION,
  type EngineConfig,
  type EngineContract,
  type EngineHostContract,
} from '#common/protocol/engineContract';
import { RpcPeer } from '#common/protocol/rpc';
import { CancelWatch } from './cancelWatch.ts';
import { forkEngine } from './forkEngine.ts';

const MAX_ERROR_TEXT = 2000;
/** An engine that has not ended this long after its channel was closed is killed. */
const FAREWELL_MS = 1000;

/** What the host does with an engine's messages and its end. */
export interface EngineProcessListener {
  onSpan(span: EngineHostContract['events']['span']): void;
  onLog(entry: EngineHostContract['events']['log']): void;
  onPressure(pressure: EngineHostContract['events']['pressure']): void;
  /** The process has ended by itself; `text` is the end of what it wrote on stderr. */
  onExit(reason: string, text: string): void;
  /** The process asks to be ended because of what it is busy with. */
  onGivingUp(failure: PikaError): void;
  /** The process leaves a cancelled call unsettled and should be replaced. */
  onDeaf(): void;
}

/** One forked engine: the process and the conversation with it. */
export class EngineProcess implements Disposable {
  readonly peer: RpcPeer<EngineHostContract, EngineContract>;
  readonly #child: ChildProcess;
  readonly #watch: CancelWatch;
  #errorText = '';
  #isDisposed = false;
  #isReplaced = false;
  #scratchDirectory: string | null = null;

  constructor(enginePath: string, listener: EngineProcessListener) {
    const { child, pipe } = forkEngine(enginePath);
    this.#child = child;
    this.#watch = new CancelWatch(pipe, () => listener.onDeaf());
    this.peer = new RpcPeer<EngineHostContract, EngineContract>(this.#watch, {});
    this.peer.on('span')((span) => listener.onSpan(span));
    this.peer.on('log')((entry) => listener.onLog(entry));
    this.peer.on('pressure')((pressure) => listener.onPressure(pressure));
    this.peer.on('givingUp')((failure) => listener.onGivingUp(PikaError.fromWire(failure)));
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.#errorText = (this.#errorText + text.toString()).slice(-MAX_ERROR_TEXT);
    });
    this.#child.on('error', (error) => this.#end(error.message, listener));
    this.#child.on('exit', (code, signal) => {
      this.#removeScratch();
      this.#end(signal ?? `exit code ${String(code)}`, listener);
    });
  }

  /** Whether it was ended in favour of another one, through no fault of most calls that it was busy with. */
  get isReplaced(): boolean {
    return this.#isReplaced;
  }

  /**
   * Greets the engine; it works for nobody before.
   * @throws PikaError `protocol-mismatch`, or `engine-unavailable` when no answer comes for `patienceMs`.
   */
  async greet(config: EngineConfig, patienceMs: number): Promise<EngineContract['calls']['hello']['result']> {
    this.#scratchDirectory = config.scratchDirectory;
    const impatience = setTimeout(() => this.kill(silentError(patienceMs)), patienceMs);
    const greeting = this.peer.call('hello', { version: ENGINE_PROTOCOL_VERSION, config });
    const answer = await greeting.finally(() => clearTimeout(impatience));
    if (answer.version === ENGINE_PROTOCOL_VERSION) return answer;
    throw new PikaError('protocol-mismatch', `The engine speaks version ${answer.version}.`);
  }

  /** Ends a process that does not listen; calls in flight reject with `engine-crashed`, and those that only read may be repeated. */
  replace(): void {
    this.#isReplaced = true;
    this.kill(
      new PikaError('engine-crashed', 'Something that was cancelled did not stop, so the engine was started again.', {
        hint: 'Run it again.',
      }),
    );
  }

  /** Ends the process, which removes its files; calls in flight reject with `reason` at once. */
  kill(reason: PikaError): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.peer.close(reason);
    this.#watch.dispose();
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), FAREWELL_MS);
    timer.unref();
    this.#child.once('exit', () => clearTimeout(timer));
  }

  dispose(): void {
    this.kill(new PikaError('disposed', 'The engine was closed.'));
  }

  /** An engine that crashed could not do it itself. */
  #removeScratch(): void {
    if (this.#scratchDirectory === null) return;
    void rm(this.#scratchDirectory, { recursive: true, force: true }).catch(() => undefined);
  }

  #end(reason: string, listener: EngineProcessListener): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#watch.dispose();
    this.peer.close(
      new PikaError('engine-crashed', `The engine process ended unexpectedly (${reason}).`, {
        hint: 'It starts again with the next query.',
      }),
    );
    listener.onExit(reason, this.#errorText);
  }
}

function silentError(patienceMs: number): PikaError {
  const message = `The engine did not answer within ${patienceMs / 1000} seconds of its start.`;
  return new PikaError('engine-unavailable', message, {
    hint: 'Look at the log; a slow or full disk may be the cause. Then choose Pika: Restart Engine.',
  });
}
