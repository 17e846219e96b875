import { CommandList } from '../../../webview/gpu/commandList.ts';
import type { GpuContext } from '../../../webview/gpu/gpuContext.ts';

const ROUNDS = 9;
/** A graphics card that has idled takes a while to its full clock, and one that waits between its tasks never gets there. */
const WARM_UP_MS = 800;
const WARM_UP_ENCODES = 8;
const TIMESTAMP_BYTES = 16;

/** Median of several runs, and slowest less fastest. */
export interface Times {
  readonly medianMs: number;
  readonly spreadMs: number;
}

/** Measures commands: on the device where it tells the time, otherwise from submit to done. */
export class Stopwatch {
  // Made once: the first use of a query set takes a device some 0.08 ms.
  readonly #queries: GPUQuerySet | null;
  readonly #resolved: GPUBuffer;
  readonly #read: GPUBuffer;

  constructor(private readonly gpu: GpuContext) {
    const { device } = gpu;
    const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const hasTime = device.features.has('timestamp-query');
    this.#queries = hasTime ? device.createQuerySet({ type: 'timestamp', count: 2 }) : null;
    this.#resolved = device.createBuffer({ size: TIMESTAMP_BYTES, usage: QUERY_RESOLVE | COPY_SRC });
    this.#read = device.createBuffer({ size: TIMESTAMP_BYTES, usage: MAP_READ | COPY_DST });
  }

  async times(encode: (commands: CommandList) => void): Promise<Times> {
    const startMs = performance.now();
    while (performance.now() - startMs < WARM_UP_MS) await this.#warmUp(encode);
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await this.#once(encode));
    rounds.sort((a, b) => a - b);
    return { medianMs: rounds[Math.floor(ROUNDS / 2)] ?? NaN, spreadMs: (rounds.at(-1) ?? NaN) - (rounds[0] ?? NaN) };
  }

  async #warmUp(encode: (commands: CommandList) => void): Promise<void> {
    const commands = new CommandList(this.gpu, 'warm-up');
    const encodes = this.#queries ? WARM_UP_ENCODES : 1;
    for (let count = 0; count < encodes; count += 1) encode(commands);
    commands.submit();
    await this.gpu.device.queue.onSubmittedWorkDone();
  }

  async #once(encode: (commands: CommandList) => void): Promise<number> {
    const commands = new CommandList(this.gpu, 'bench');
    if (!this.#queries) return this.#untilDone(commands, encode);
    const { encoder } = commands;
    // Once untimed, so that the device is busy when the time starts.
    encode(commands);
    const querySet = this.#queries;
    encoder.beginComputePass({ timestampWrites: { querySet, beginningOfPassWriteIndex: 0 } }).end();
    encode(commands);
    encoder.beginComputePass({ timestampWrites: { querySet, endOfPassWriteIndex: 1 } }).end();
    encoder.resolveQuerySet(querySet, 0, 2, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#read, 0, TIMESTAMP_BYTES);
    commands.submit();
    await this.#read.mapAsync(GPUMapMode.READ);
    const [start = 0n, end = 0n] = new BigUint64Array(this.#read.getMappedRange().slice(0));
    this.#read.unmap();
    return Number(end - start) / 1e6;
  }

  async #untilDone(commands: CommandList, encode: (commands: CommandList) => void): Promise<number> {
    encode(commands);
    const startMs = performance.now();
    commands.submit();
    await this.gpu.device.queue.onSubmittedWorkDone();
    return performance.now() - startMs;
  }
}
