import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packagedExtension } from './packagedExtension.ts';
import { startTestServer } from './vscodeServer.ts';

declare module 'vitest' {
  interface ProvidedContext {
    vscodeUrl: string;
    vscodeDataFolder: string;
    /** Where the folders are that its windows open. */
    vscodeFolders: string;
  }
}

/** Starts one VS Code server for all test files of a run that need none of their own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer({ vsixFiles: [await packagedExtension()] });
  project.provide('vscodeUrl', server.url);
  project.provide('vscodeDataFolder', server.dataFolder);
  const folders = await mkdtemp(join(tmpdir(), 'pika-shared-'));
  project.provide('vscodeFolders', folders);
  return async () => {
    await server.stop();
    await rm(folders, { recursive: true, force: true });
  };
}
