import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { Tracer } from '#common/base/trace';
import type { EngineConfig, SourceDescription, SourceRequest } from '#common/protocol/engineContract';
import type { CallContext } from '#common/protocol/rpc';
import { Engine } from '../../extension/engine/engine.ts';
import { runQuery } from '../../extension/engine/run/queryRunner.ts';
import { arrowJson } from './arrowJson.ts';

const never = new AbortController().signal;
const GIGABYTE = 2 ** 30;

/** An engine in the test's own process, working in `folder`. */
export class EngineInProcess {
  private constructor(readonly engine: Engine) {}

  static async open(folder: string, config: Partial<EngineConfig> = {}): Promise<EngineInProcess> {
    return new EngineInProcess(await Engine.open(engineConfig(folder, config), new Tracer(() => undefined)));
  }

  describe(files: string | readonly string[], request: Partial<SourceRequest> = {}): Promise<SourceDescription> {
    return this.engine.describeSource(sourceRequest(files, request), never);
  }

  import(files: string | readonly string[], request: Partial<SourceRequest> = {}, context: Partial<CallContext> = {}) {
    return this.engine.importSource(sourceRequest(files, request), {
      signal: never,
      report: () => undefined,
      ...context,
    });
  }

  /** Rows as DuckDB's JSON values, through Arrow. */
  async rows(sql: string): Promise<unknown[][]> {
    const request = { sql, lane: 'result', subject: 'test', maxRows: 1_000_000 } as const;
    const { ipc } = await runQuery(this.engine.services, request, { signal: never, report: () => undefined });
    const table = tableFromIPC(ipc);
    const columns = table.schema.fields.map((_, i) => table.getChildAt(i));
    return Array.from({ length: table.numRows }, (_, row) =>
      columns.map((each) => (each ? arrowJson(each, row) : null)),
    );
  }

  /** Every row of a source as DuckDB's text. */
  texts(source: SourceDescription): Promise<unknown[][]> {
    return this.rows(`SELECT COLUMNS(*)::VARCHAR FROM ${source.relation}`);
  }
}

/** A configuration for an engine that may read `folder`. */
export function engineConfig(folder: string, config: Partial<EngineConfig> = {}): EngineConfig {
  return {
    scratchDirectory: join(folder, '.scratch'),
    cacheDirectory: join(folder, '.cache'),
    allowedPaths: [folder],
    searchPath: null,
    memoryLimitBytes: GIGABYTE,
    threads: 2,
    maxSpillBytes: GIGABYTE,
    cacheMaxBytes: 20 * GIGABYTE,
    mayLoadExtensions: false,
    connections: [],
    ...config,
  };
}

function sourceRequest(files: string | readonly string[], request: Partial<SourceRequest>): SourceRequest {
  return { files: typeof files === 'string' ? [files] : files, format: 'csv', options: {}, ...request };
}
