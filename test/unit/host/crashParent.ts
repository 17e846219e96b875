import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Tracer } from '#common/base/trace';
import type { EngineConfig } from '#common/protocol/engineContract';
import { EngineClient } from '../../../extension/host/engineClient.ts';

const LONG = 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 3';
const [enginePath = '', folder = '', csv = ''] = process.argv.slice(2);
const config: EngineConfig = {
  scratchDirectory: join(folder, '.scratch'),
  cacheDirectory: join(folder, '.cache'),
  allowedPaths: [dirname(csv)],
  searchPath: null,
  memoryLimitBytes: 500_000_000,
  threads: 2,
  maxSpillBytes: 500_000_000,
  cacheMaxBytes: 500_000_000,
  mayLoadExtensions: false,
  connections: [],
};
const engine = new EngineClient({
  enginePath,
  config: () => config,
  log: () => undefined,
  tracer: new Tracer(() => undefined),
});

/** Keeps an engine busy and prints its process id once a query, a stream and an import are under way. */
const { pid } = await engine.stats();
void engine.query({ sql: LONG, lane: 'result', subject: 'query', maxRows: 1 });
void engine.importSource({ files: [csv], format: 'csv', options: {} });
await engine.openStream({ sql: 'FROM range(100000000)', lane: 'result', subject: 'stream' });
while (!(await readdir(config.cacheDirectory)).some((name) => name.includes('.tmp-'))) await engine.stats();
console.log(pid);
