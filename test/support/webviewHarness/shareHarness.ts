import type { TestProject } from 'vitest/node';
import { serveHarness } from './serveHarness.ts';

declare module 'vitest' {
  interface ProvidedContext {
    harnessUrl: string;
  }
}

/** Bundles and serves the webview once for all test files of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serveHarness();
  project.provide('harnessUrl', server.url);
  return () => server.close();
}
