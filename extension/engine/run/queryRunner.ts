import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecordBatch, Schema } from 'apache-arrow';
import type { Tracer } from '#common/base/trace';
import type { ColumnInfo, Progress, QueryRequest, QueryResult } from '#common/protocol/engineContract';
import type { CallContext } from '#common/protocol/rpc';
import { ipcBytes } from '../arrow/ipcBytes.ts';
import type { ConnectionPool } from '../database/connectionPool.ts';
import { interruptible } from '../database/interruptible.ts';
import { watchProgress } from '../database/progress.ts';
import type { SqlGate } from '../gate/sqlGate.ts';
import type { Scheduler } from '../scheduler.ts';
import { BoundSelect, shapeQuery } from './boundSelect.ts';
import { CheckedStream } from './checkedStream.ts';
import { FEW_ROWS, readFewRows } from './fewRows.ts';

/** What running a statement needs. */
export interface RunServices {
  readonly pool: ConnectionPool;
  readonly scheduler: Scheduler;
  readonly gate: SqlGate;
  readonly tracer: Tracer;
  /** What a statement's failure means, once what it reveals has been put in order. */
  readonly explain: (error: unknown, sql: string) => Promise<unknown>;
}

/** The columns of a gated SELECT; nothing of it runs. */
export async function describeQuery(
  services: RunServices,
  sql: string,
  signal: AbortSignal,
): Promise<readonly ColumnInfo[]> {
  const statement = await services.gate.pass(sql);
  const describe = (running: AbortSignal) =>
    services.pool.use((connection) => interruptible(connection, () => shapeQuery(connection, statement), running));
  return (await services.scheduler.run(describe, { lane: 'interactive' }, signal)).columns;
}

/** Runs a gated SELECT and returns its first `maxRows` rows at once. */
export async function runQuery(
  services: RunServices,
  request: QueryRequest & { readonly maxRows: number },
  { signal, report }: CallContext<Progress>,
): Promise<QueryResult> {
  const statement = await services.gate.pass(request.sql);
  const end = services.tracer.start('query', request.subject);
  const work = (running: AbortSignal) =>
    services.pool.use(async (connection) => {
      const progress = watchProgress(connection, report);
      try {
        return await readRows(connection, { ...request, sql: statement }, running);
      } finally {
        progress.dispose();
      }
    });
  const running = services.scheduler.run(work, placeOf(request), signal);
  const result = await explained(services, statement, running);
  const { durationMs } = end({ rows: result.rowCount, bytes: result.ipc.byteLength });
  return { ...result, elapsedMs: durationMs };
}

/** The outcome of running `sql`, its failure explained. */
export async function explained<T>({ explain }: RunServices, sql: string, running: Promise<T>): Promise<T> {
  try {
    return await running;
  } catch (error) {
    throw await explain(error, sql);
  }
}

/** The scheduler's place of a request. */
export function placeOf({ lane, latestKey }: QueryRequest) {
  return latestKey === undefined ? { lane } : { lane, key: latestKey };
}

async function readRows(
  connection: DuckDBConnection,
  { maxRows, ...request }: QueryRequest & { readonly maxRows: number },
  signal: AbortSignal,
): Promise<Omit<QueryResult, 'elapsedMs'>> {
  const select = await interruptible(connection, () => BoundSelect.bind(connection, request, maxRows + 1), signal);
  const read = maxRows < FEW_ROWS ? readFewRows : readStream;
  const { schema, batches } = await read(connection, select, signal);
  const foundRows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const ipc = ipcBytes(schema, foundRows > maxRows ? withoutLastRow(batches) : batches);
  const { columns } = select.shape;
  return { ipc, columns, rowCount: Math.min(foundRows, maxRows), isTruncated: foundRows > maxRows };
}

async function readStream(
  connection: DuckDBConnection,
  select: BoundSelect,
  signal: AbortSignal,
): Promise<{ readonly schema: Schema; readonly batches: readonly RecordBatch[] }> {
  const stream = await CheckedStream.open(connection, select, signal);
  try {
    const batches: RecordBatch[] = [];
    for (let batch = await stream.next(signal); batch; batch = await stream.next(signal)) batches.push(batch);
    return { schema: stream.schema, batches };
  } finally {
    await stream.close();
  }
}

/** One row more than wanted is read to know whether there is more. */
function withoutLastRow(batches: readonly RecordBatch[]): RecordBatch[] {
  return batches.map((batch, i) => (i === batches.length - 1 ? batch.slice(0, batch.numRows - 1) : batch));
}
