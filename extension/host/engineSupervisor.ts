import { join } from 'node:path';
import { Emitter, type Event } from '#common/base/emitter';
import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { Tracer } from '#common/base/trace';
import type { EngineConfig, MemoryPressure } from '#common/protocol/engineContract';
import { isCovered, withRealPaths } from './allowedPaths.ts';
import { CrashLimit } from './crashLimit.ts';
import { EngineProcess } from './engineProcess.ts';

/** Shown in the status bar. */
export type EngineState = 'stopped' | 'starting' | 'ready' | 'busy' | 'failed';

/** What an engine client needs; `config` is asked anew whenever a process starts. */
export interface EngineClientOptions {
  readonly enginePath: string;
  readonly config: () => EngineConfig;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
  readonly tracer: Tracer;
  readonly now?: () => number;
  /** How long an engine that starts may stay silent; 30 s by default. */
  readonly greetingPatienceMs?: number;
}

const GREETING_PATIENCE_MS = 30_000;

/** A process that works, and what it may read. */
interface Member {
  readonly process: EngineProcess;
  readonly greeted: Promise<EngineProcess>;
  readonly allowedPaths: readonly string[];
  useCount: number;
}

/** Keeps one engine process running while it is needed: starts it, replaces it, gives up on it. */
export class EngineSupervisor implements Disposable {
  readonly #states = new Emitter<EngineState>();
  readonly #pressures = new Emitter<MemoryPressure | null>();
  #pressure: MemoryPressure | null = null;
  readonly #crashes: CrashLimit;
  readonly #retired = new Set<Member>();
  #current: Member | undefined;
  #state: EngineState = 'stopped';
  #startCount = 0;
  #epoch = 0;
  #scratchEpoch = 0;
  #isGreeted = false;
  #isDisposed = false;

  constructor(private readonly options: EngineClientOptions) {
    this.#crashes = new CrashLimit(options.now ?? (() => performance.now()));
  }

  readonly onDidChangeState: Event<EngineState> = (listener) => this.#states.event(listener);

  /** How short memory is; null while it is not, and when no engine runs. */
  get pressure(): MemoryPressure | null {
    return this.#pressure;
  }

  readonly onDidChangePressure: Event<MemoryPressure | null> = (listener) => this.#pressures.event(listener);

  get state(): EngineState {
    return this.#state;
  }

  /** Grows whenever a process is lost with what it held, and when imports have left the cache. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Grows whenever the next call goes to another process: rows that were kept in one are in no other. */
  get scratchEpoch(): number {
    return this.#scratchEpoch;
  }

  /** Notes that relations handed out before may be gone although their process lives. */
  noteLoss(): void {
    this.#epoch++;
  }

  /** Lends the process, started when there is none; every loan has to be returned with the result's `release`. */
  async use(): Promise<{ process: EngineProcess; release: () => void }> {
    if (this.#isDisposed) throw new PikaError('disposed', 'The engine was closed.');
    const member = this.#current ?? this.#start();
    member.useCount++;
    this.#showState();
    let isReleased = false;
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      member.useCount--;
      if (this.#retired.has(member) && member.useCount === 0) this.#dismiss(member);
      this.#showState();
    };
    try {
      return { process: await member.greeted, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Makes further paths readable. A running process cannot learn them, so the next call starts another one; what runs in the
   * old one, open streams included, ends there in peace.
   */
  allow(paths: readonly string[]): void {
    const member = this.#current;
    if (member && !isCovered(withRealPaths(paths), member.allowedPaths)) this.renew();
  }

  /** Makes the next call start a process with the configuration as it is by now; what runs in the old one ends there in peace. */
  renew(): void {
    const member = this.#current;
    if (!member) return;
    this.#scratchEpoch++;
    this.#current = undefined;
    if (member.useCount === 0) this.#dismiss(member);
    else this.#retired.add(member);
    this.#showState();
  }

  /** Ends everything and forgets past crashes; the next call starts anew. */
  restart(): void {
    this.#crashes.reset();
    this.#endAll(new PikaError('engine-crashed', 'The engine was restarted.', { hint: 'Run it again.' }));
    this.#showState();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#endAll(new PikaError('disposed', 'The engine was closed.'));
    this.#showState();
    this.#states.dispose();
    this.#pressures.dispose();
  }

  #start(): Member {
    if (this.#crashes.isReached) {
      throw new PikaError('engine-unavailable', 'The engine ended three times within a minute.', {
        hint: 'Look at the log, then choose Pika: Restart Engine.',
      });
    }
    const config = this.options.config();
    const allowedPaths = withRealPaths(config.allowedPaths);
    const scratchDirectory = join(config.scratchDirectory, String(++this.#startCount));
    const process = new EngineProcess(this.options.enginePath, {
      onSpan: (span) => this.options.tracer.record(span),
      onLog: ({ level, message }) => this.options.log(level, message),
      onPressure: (pressure) => {
        if (this.#current?.process === process) this.#showPressure(pressure);
      },
      onExit: (reason, text) => this.#noteExit(process, reason, text),
      onGivingUp: (failure) => this.#giveUp(process, failure),
      onDeaf: () => this.#replace(process),
    });
    const patienceMs = this.options.greetingPatienceMs ?? GREETING_PATIENCE_MS;
    const greeted = process.greet({ ...config, allowedPaths, scratchDirectory }, patienceMs).then(
      () => this.#noteGreeted(process),
      (error: unknown) => this.#noteRefused(process, error),
    );
    const member: Member = { process, greeted, allowedPaths, useCount: 0 };
    this.#current = member;
    this.#isGreeted = false;
    return member;
  }

  #noteGreeted(process: EngineProcess): EngineProcess {
    if (this.#current?.process === process) this.#isGreeted = true;
    this.#showState();
    return process;
  }

  #noteRefused(process: EngineProcess, error: unknown): never {
    if (this.#current?.process === process) {
      this.#crashes.note();
      this.#current = undefined;
      process.dispose();
      this.options.log('error', `The engine could not start: ${String(error)}`);
    }
    this.#showState();
    throw error;
  }

  #noteExit(process: EngineProcess, reason: string, text: string): void {
    this.options.log('error', `The engine process ended (${reason}). ${text}`.trim());
    this.#crashes.note();
    this.#lose(process);
  }

  /** Ends a process that does not stop what was cancelled: no crash of its own, so it does not count as one. */
  #replace(process: EngineProcess): void {
    this.options.log('warn', 'A cancelled statement did not stop within two seconds; the engine is replaced.');
    this.#lose(process);
    process.replace();
  }

  #giveUp(process: EngineProcess, failure: PikaError): void {
    this.options.log('error', failure.message);
    this.#lose(process);
    process.kill(failure);
  }

  #lose(process: EngineProcess): void {
    this.#noteGone();
    if (this.#current?.process === process) this.#current = undefined;
    for (const member of this.#retired) if (member.process === process) this.#retired.delete(member);
    this.#showState();
  }

  #noteGone(): void {
    this.#epoch++;
    this.#scratchEpoch++;
  }

  #dismiss(member: Member): void {
    this.#retired.delete(member);
    member.process.dispose();
  }

  #endAll(reason: PikaError): void {
    const members = [...this.#retired, ...(this.#current ? [this.#current] : [])];
    this.#retired.clear();
    this.#current = undefined;
    if (members.length > 0) this.#noteGone();
    for (const { process } of members) process.kill(reason);
  }

  #showPressure(pressure: MemoryPressure | null): void {
    const shown = pressure?.level === 'normal' ? null : pressure;
    if (shown === this.#pressure) return;
    this.#pressure = shown;
    this.#pressures.fire(shown);
  }

  #showState(): void {
    if (!this.#current) this.#showPressure(null);
    const state = this.#currentState();
    if (state === this.#state) return;
    this.#state = state;
    this.#states.fire(state);
  }

  #currentState(): EngineState {
    if (this.#crashes.isReached) return 'failed';
    if (!this.#current) return 'stopped';
    if (!this.#isGreeted) return 'starting';
    return this.#current.useCount > 0 ? 'busy' : 'ready';
  }
}
