import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineConfig } from '#common/protocol/engineContract';
import { quoteLiteral } from '../../query/quote.ts';

const SPILL_FOLDER = 'spill';

/** Settings that stay changeable after the lock, because DuckDB keeps them per connection. */
const UNLOCKED = ['enable_progress_bar', 'enable_progress_bar_print', 'errors_as_json', 'streaming_buffer_size'];

/**
 * What closes a database: statements in the order DuckDB needs, folders before external access goes, the lock last.
 *
 * @param prefixes Addresses below which files may be read over the network.
 */
export async function lockSettings(config: EngineConfig, prefixes: readonly string[]): Promise<readonly string[]> {
  const { directories, files } = await partition(config.allowedPaths);
  const allowed = [config.scratchDirectory, config.cacheDirectory, ...directories, ...prefixes];
  return [
    `SET temp_directory = ${quoteLiteral(join(config.scratchDirectory, SPILL_FOLDER))}`,
    `SET max_temp_directory_size = '${config.maxSpillBytes}B'`,
    "SET GLOBAL TimeZone = 'UTC'",
    'SET GLOBAL parquet_metadata_cache = true',
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
