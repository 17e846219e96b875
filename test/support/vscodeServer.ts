import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installServer } from '../../extension/build/vscode/installServer.ts';
import { copyInstalled } from './installedExtensions.ts';
import { startServer, type Server } from '../../extension/build/vscode/server.ts';
import { keybindingsJson } from './testKeys.ts';

const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'workbench.tips.enabled': false,
  // The tip of what the pointer was left on would cover what lies below it.
  'workbench.hover.delay': 600_000,
  // A preview that opens late would take the explorer's selection along.
  'explorer.autoReveal': false,
};

/** How a test wants its VS Code. */
export interface TestServerOptions {
  readonly isTrustOn?: boolean;
  readonly vsixFiles?: readonly string[];
  /** Settings of the machine, over the quiet ones that every test server has. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A VS Code server of a test, with data folders of its own that go with it. */
export interface TestServer extends Server {
  readonly dataFolder: string;
}

/** Starts a fresh VS Code server in which the given packaged extensions are installed. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const program = await installServer();
  const dataFolder = await mkdtemp(join(tmpdir(), 'pika-server-'));
  await writeUserData(dataFolder, { ...QUIET_SETTINGS, ...options.settings });
  for (const vsix of options.vsixFiles ?? []) await copyInstalled(program, dataFolder, vsix);
  const server = await startServer({
    program,
    dataFolder,
    isTrustOn: options.isTrustOn ?? false,
    ...(options.environment ? { environment: options.environment } : {}),
  });
  const stop = async () => {
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { ...server, dataFolder, stop };
}

async function writeUserData(dataFolder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const scope of ['Machine', 'User']) {
    const folder = join(dataFolder, 'data', scope);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
    await writeFile(join(folder, 'keybindings.json'), keybindingsJson());
  }
}
