import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { MemoryReadings } from '#common/protocol/engineContract';
import { readMachineMemory } from './freeMemory.ts';

/** Takes the readings of this moment. */
export type MemoryProbe = () => Promise<MemoryReadings>;

/** Pages of files, which DuckDB drops by itself when it needs the room. */
const CACHED_TAGS = "('BASE_TABLE', 'EXTERNAL_FILE_CACHE')";
const DUCKDB_BYTES = `SELECT coalesce(sum(memory_usage_bytes), 0)::DOUBLE FROM duckdb_memory() WHERE tag NOT IN ${CACHED_TAGS}`;

/** Reads this process and its DuckDB; DuckDB is asked over a connection that serves nothing else. */
export async function openMemoryProbe(instance: DuckDBInstance): Promise<MemoryProbe> {
  const connection = await instance.connect();
  return async () => {
    const [duckdbBytes, { freeBytes }] = await Promise.all([readDuckdbBytes(connection), readMachineMemory()]);
    const { rss, external } = process.memoryUsage();
    return { residentBytes: rss, duckdbBytes, bufferBytes: external, freeBytes };
  };
}

async function readDuckdbBytes(connection: DuckDBConnection): Promise<number> {
  const reader = await connection.runAndReadAll(DUCKDB_BYTES);
  return Number(reader.getRows()[0]?.[0] ?? 0);
}
