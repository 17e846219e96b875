import { CSV, type BenchEngine } from './benchEngine.ts';
import { exportRows } from './measureExport.ts';
import type { ReportRow } from './report.ts';
import { quantile } from './timing.ts';

const ROUNDS = 40;
const P50 = 0.5;
const P95 = 0.95;
const FIRST_MS = 50;
const SPREAD_MS = 200;
const PRIME = 37;
const PARQUET = { format: 'parquet', codec: 'zstd', rowGroupRows: 122_880 } as const;
const EXPORTED = 'SELECT range AS n, md5(range::VARCHAR) AS text FROM range(300000000)';

/** How long after a cancellation the engine is free again. */
export async function measureCancel(engine: BenchEngine): Promise<readonly ReportRow[]> {
  const scan = (signal: AbortSignal) => engine.read(`SELECT * FROM read_csv('${CSV.replaceAll("'", "''")}')`, signal);
  const aggregate = (signal: AbortSignal) =>
    engine.query('SELECT count(DISTINCT hash(range) % 5000000) FROM range(300000000)', 'result', signal);
  const options = { nullstr: 'never' };
  const importing = (signal: AbortSignal) =>
    engine.client.importSource({ files: [CSV], format: 'csv', options }, { signal });
  const exporting = (signal: AbortSignal) => exportRows(engine, PARQUET, EXPORTED, signal);
  return [
    await cancelRow('an export', engine, exporting),
    await cancelRow('a scan', engine, scan),
    await cancelRow('an aggregate', engine, aggregate),
    await cancelRow('an import', engine, importing),
  ];
}

async function cancelRow(
  name: string,
  engine: BenchEngine,
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<ReportRow> {
  const latencies: number[] = [];
  const { pid } = await engine.client.stats();
  for (let round = 0; round < ROUNDS; round++) {
    latencies.push(await cancelLatency(engine, work, FIRST_MS + ((round * PRIME) % SPREAD_MS)));
  }
  const isSame = (await engine.client.stats()).pid === pid;
  const figure = (share: number) => `${quantile(latencies, share).toFixed(0)} ms`;
  const measured = `p50 ${figure(P50)}, p95 ${figure(P95)}${isSame ? '' : ' (engine was replaced)'}`;
  return [`cancelling ${name}, until the engine is free again`, measured, '', '', 'p95 ≤ 150 ms'];
}

async function cancelLatency(
  { client }: BenchEngine,
  work: (signal: AbortSignal) => Promise<unknown>,
  delayMs: number,
): Promise<number> {
  const controller = new AbortController();
  const ending = work(controller.signal).catch(() => undefined);
  while ((await client.stats()).runningCount === 0) await pause(1);
  await pause(delayMs);
  const startedMs = performance.now();
  controller.abort();
  await ending;
  for (let stats = await client.stats(); stats.runningCount + stats.openStreamCount > 0;) {
    await pause(1);
    stats = await client.stats();
  }
  return performance.now() - startedMs;
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
