import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { ENGINE_POOL_THREADS } from '#common/base/limits';
import { fromRepository } from '../../../extension/build/paths.ts';

type PipedChild = ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };

/** DuckDB alone in a process of its own; every call returns the milliseconds that DuckDB needed there. */
export class Reference {
  readonly #child: PipedChild;
  readonly #lines: Interface;

  constructor(databaseFile = ':memory:', options: Readonly<Record<string, string>> = { threads: '2' }) {
    const program = fromRepository('test', 'bench', 'engine', 'plainDuckdb.ts');
    this.#child = spawn(process.execPath, [program, databaseFile, JSON.stringify(options)], {
      env: { ...process.env, UV_THREADPOOL_SIZE: String(2 * ENGINE_POOL_THREADS) },
      stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
      serialization: 'advanced',
    }) as PipedChild;
    // What nobody listens to is not read.
    this.#child.on('message', () => undefined);
    this.#lines = createInterface({ input: this.#child.stdout });
  }

  /** Statements at once, each on a connection of its own; a semicolon parts those of one connection. */
  run(...statements: readonly string[]): Promise<number> {
    return this.#call('run', statements);
  }

  /** A result as JavaScript objects. */
  rowObjects(sql: string): Promise<number> {
    return this.#call('rowObjects', [sql]);
  }

  /** A result as JavaScript objects in this process, which it reaches in messages; milliseconds as this process sees them. */
  async sentRowObjects(sql: string): Promise<number> {
    const startedMs = performance.now();
    await this.#call('sentRowObjects', [sql]);
    return performance.now() - startedMs;
  }

  close(): void {
    this.#child.disconnect();
    this.#child.stdin.end();
  }

  async #call(kind: string, statements: readonly string[]): Promise<number> {
    const answer = once(this.#lines, 'line');
    this.#child.stdin.write(`${JSON.stringify({ kind, statements })}\n`);
    const [line] = (await answer) as [string];
    return Number(line);
  }
}
