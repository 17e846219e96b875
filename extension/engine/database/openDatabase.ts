import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { EngineConfig } from '#common/protocol/engineContract';
import { claimScratch } from '../abandonedScratch.ts';
import { OpenConnections } from '../remote/openConnections.ts';
import { lockSettings } from './lockSettings.ts';

const SCRATCH_FILE = 'scratch.duckdb';

/**
 * Opens the window's scratch database with everything outside the allowed folders and the given connections closed: no
 * other network, extensions or files, and no way to change that from SQL. The scratch folder is emptied first.
 */
export async function openDatabase(
  config: EngineConfig,
): Promise<{ instance: DuckDBInstance; connections: OpenConnections }> {
  await emptyFolder(config.scratchDirectory);
  await claimScratch(config.scratchDirectory);
  await mkdir(config.cacheDirectory, { recursive: true });
  const instance = await DuckDBInstance.create(join(config.scratchDirectory, SCRATCH_FILE), {
    threads: String(config.threads),
    memory_limit: `${config.memoryLimitBytes}B`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
  });
  const connections = await OpenConnections.open(instance, config.connections);
  const connection = await instance.connect();
  for (const setting of await lockSettings(config, connections.prefixes)) await connection.run(setting);
  connection.closeSync();
  return { instance, connections };
}

/** Deletes everything in a folder, and makes the folder when there is none. */
export async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}
