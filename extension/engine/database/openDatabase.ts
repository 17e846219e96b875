import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { EngineConfig } from '#common/protocol/engineContract';
import { claimScratch } from '../abandonedScratch.ts';
import { quoteLiteral } from '../../query/quote.ts';
import { OpenConnections } from '../remote/openConnections.ts';

const SCRATCH_FILE = 'scratch.duckdb';
const SPILL_FOLDER = 'spill';

/** Settings that stay changeable after the lock, because DuckDB keeps them per connection. */
const UNLOCKED = ['enable_progress_bar', 'enable_progress_bar_print', 'errors_as_json', 'streaming_buffer_size'];

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
  for (const setting of await settings(config, connections.prefixes)) await connection.run(setting);
  connection.closeSync();
  return { instance, connections };
}

/** Deletes everything in a folder, and makes the folder when there is none. */
export async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

/** In the order DuckDB needs: folders before external access goes, the lock last. */
async function settings(config: EngineConfig, prefixes: readonly string[]): Promise<readonly string[]> {
  const { directories, files } = await partition(config.allowedPaths);
  const allowed = [config.scratchDirectory, config.cacheDirectory, ...directories, ...prefixes];
  return [
    `SET temp_directory = ${quoteLiteral(join(config.scratchDirectory, SPILL_FOLDER))}`,
    `SET max_temp_directory_size = '${config.maxSpillBytes}B'`,
    "SET GLOBAL TimeZone = 'UTC'",
    `SET allowed_configs = ${textList(UNLOCKED)}`,
    `SET allowed_directories = ${textList(allowed)}`,
    `SET allowed_paths = ${textList(files)}`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
}

async function partition(paths: readonly string[]): Promise<{ directories: string[]; files: string[] }> {
  const directories: string[] = [];
  const files: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch(() => null);
    (facts?.isDirectory() ? directories : files).push(path);
  }
  return { directories, files };
}

function textList(texts: readonly string[]): string {
  return `[${texts.map(quoteLiteral).join(', ')}]`;
}
