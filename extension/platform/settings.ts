import { availableParallelism, totalmem } from 'node:os';
import { workspace } from 'vscode';
import type { ConnectionSettings } from '../host/remoteConnections.ts';
import type { RunMode } from '#common/document/pikaDocument';
import type { RendererSetting } from '#common/protocol/webviewContract';

const MEGABYTE = 1024 * 1024;
const MAX_DEFAULT_MEMORY_BYTES = 8 * 1024 * MEGABYTE;

/** What the engine may use. */
export interface EngineLimits {
  readonly memoryLimitBytes: number;
  readonly threads: number;
  readonly maxSpillBytes: number;
  readonly cacheMaxBytes: number;
  readonly mayLoadExtensions: boolean;
}

/** Engine limits from the settings; 0 means a default from the machine. */
export function readEngineLimits(): EngineLimits {
  const settings = workspace.getConfiguration('pika.engine');
  const memoryLimit = settings.get<number>('memoryLimit', 0) * MEGABYTE;
  const threads = settings.get<number>('threads', 0);
  const cacheMaxSize = workspace.getConfiguration('pika.cache').get<number>('maxSize', 20_480);
  return {
    memoryLimitBytes: memoryLimit || Math.min(machineBytes() / 2, MAX_DEFAULT_MEMORY_BYTES),
    threads: threads || Math.max(2, availableParallelism() - 1),
    maxSpillBytes: settings.get<number>('maxSpillSize', 20_480) * MEGABYTE,
    cacheMaxBytes: cacheMaxSize * MEGABYTE,
    mayLoadExtensions: readConnectionSettings().areExtensionsEnabled,
  };
}

/** The machine's memory, or what its container may use of it. */
function machineBytes(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Infinity);
}

/** The setting `pika.renderer`. */
export function readRendererSetting(): RendererSetting {
  return workspace.getConfiguration('pika').get<RendererSetting>('renderer', 'auto');
}

/** The settings of connections; none of them can come from a workspace. */
export function readConnectionSettings(): ConnectionSettings {
  const settings = workspace.getConfiguration('pika');
  return {
    isNetworkEnabled: settings.get<boolean>('network.enabled', false),
    areExtensionsEnabled: settings.get<boolean>('extensions.enabled', false),
    connections: settings.get<readonly unknown[]>('connections', []),
  };
}

/** What an export offers first. */
export interface ExportDefaults {
  readonly format: string;
  readonly parquetCodec: string;
  readonly rowGroupRows: number;
}

/** The settings `pika.export.*`, as they are written. */
export function readExportDefaults(): ExportDefaults {
  const settings = workspace.getConfiguration('pika.export');
  return {
    format: settings.get<string>('format', 'csv'),
    parquetCodec: settings.get<string>('parquetCodec', 'zstd'),
    rowGroupRows: settings.get<number>('rowGroupRows', 122_880),
  };
}

/** The setting `pika.newWorkspaces.runMode`. */
export function readNewRunMode(): RunMode {
  const mode = workspace.getConfiguration('pika.newWorkspaces').get<string>('runMode');
  return mode === 'on-request' ? mode : 'automatic';
}

/** The setting `pika.refreshOnChange`. */
export function readRefreshOnChange(): boolean {
  return workspace.getConfiguration('pika').get<boolean>('refreshOnChange', false);
}
