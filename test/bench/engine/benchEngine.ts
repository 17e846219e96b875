import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Tracer } from '#common/base/trace';
import type { Lane } from '#common/protocol/engineContract';
import { fromRepository } from '../../../extension/build/paths.ts';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { buildEngine } from '../../support/buildEngine.ts';

export const CSV = fromRepository('.cache', 'bench', 'data', 'measurements.csv');
const MEMORY_LIMIT_BYTES = 2 ** 31;
const THREADS = 2;

/** The extension's engine, as the extension host has it, in folders of its own. */
export class BenchEngine {
  private constructor(
    readonly client: EngineClient,
    private readonly folder: string,
  ) {}

  /** @param readable Folders that the engine may read. */
  static async start(readable: readonly string[] = [dirname(CSV)]): Promise<BenchEngine> {
    const folder = await mkdtemp(join(tmpdir(), 'pika-bench-engine-'));
    const cacheDirectory = fromRepository('.cache', 'bench', 'cache');
    await mkdir(cacheDirectory, { recursive: true });
    const config = () => ({
      scratchDirectory: join(folder, 'scratch'),
      cacheDirectory,
      allowedPaths: [...readable, folder],
      searchPath: null,
      memoryLimitBytes: MEMORY_LIMIT_BYTES,
      threads: THREADS,
      maxSpillBytes: MEMORY_LIMIT_BYTES,
      cacheMaxBytes: 8 * MEMORY_LIMIT_BYTES,
      mayLoadExtensions: false,
      connections: [],
    });
    const enginePath = await buildEngine();
    const log = () => undefined;
    const client = new EngineClient({ enginePath, config, log, tracer: new Tracer(() => undefined) });
    await client.stats();
    return new BenchEngine(client, folder);
  }

  /** Streams a result to its end and returns its size in bytes. */
  async read(sql: string, signal = new AbortController().signal): Promise<number> {
    let byteLength = 0;
    for await (const ipc of this.client.stream({ sql, lane: 'result', subject: 'bench' }, signal)) {
      byteLength += ipc.byteLength;
    }
    return byteLength;
  }

  /** One small result. */
  async query(sql: string, lane: Lane = 'result', signal = new AbortController().signal): Promise<void> {
    await this.client.query({ sql, lane, subject: 'bench', maxRows: 200 }, { signal });
  }

  async close(): Promise<void> {
    this.client.dispose();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
