import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;
const READY = /Web UI available at (http:\S+)/;

/** How a VS Code server is set up. */
export interface ServerOptions {
  /** The server's program file, see `installServer`. */
  readonly program: string;
  /** Holds everything this server writes: settings, state, installed extensions, logs. */
  readonly dataFolder: string;
  /** With trust on, a folder opens in Restricted Mode until the user trusts it. */
  readonly isTrustOn: boolean;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A running VS Code server on this machine's loopback address. */
export interface Server {
  /** Without a trailing slash. */
  readonly url: string;
  readonly pid: number;
  /** Ends the server and every process it started. */
  stop(): Promise<void>;
}

/** Starts a VS Code server on a free port. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const parameters = [
    options.program,
    ...folders(options),
    ...['--host', HOST, '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--telemetry-level', 'off', '--enable-smoke-test-driver'],
    ...(options.isTrustOn ? [] : ['--disable-workspace-trust']),
  ];
  const child = spawn(process.execPath, parameters, {
    env: serverEnvironment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const url = await readyUrl(child);
  return { url, pid: child.pid ?? 0, stop: () => stopTree(child) };
}

/** Installs a packaged extension for the servers that use the same data folder. */
export async function installExtension(options: ServerOptions, file: string): Promise<void> {
  const parameters = [
    options.program,
    ...folders(options),
    '--accept-server-license-terms',
    '--install-extension',
    file,
  ];
  await promisify(execFile)(process.execPath, [...parameters, '--force'], { env: serverEnvironment(options) });
}

function folders({ dataFolder }: ServerOptions): string[] {
  return ['--server-data-dir', dataFolder, '--extensions-dir', join(dataFolder, 'extensions')];
}

function serverEnvironment({ environment }: ServerOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|NODE_OPTIONS$|VITEST)/i.test(name));
  return { ...Object.fromEntries(inherited), ...environment };
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (reason: string) => {
      clearTimeout(timer);
      void stopTree(child);
      reject(new Error(`VS Code's server ${reason}\n${output}`));
    };
    const timer = setTimeout(() => fail('did not start in time'), START_TIMEOUT_MS);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = READY.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      child.off('close', ended);
      resolve(url.replace(/\/$/, ''));
    };
    const ended = () => fail('ended before it was ready');
    child.on('close', ended);
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
}

async function stopTree(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  signalTree(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalTree(child.pid ?? 0, 'SIGKILL'), STOP_TIMEOUT_MS);
  await closed;
  clearTimeout(timer);
  signalTree(child.pid, 'SIGKILL');
}

function signalTree(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
