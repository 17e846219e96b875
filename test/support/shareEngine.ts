import type { TestProject } from 'vitest/node';
import { buildEngine } from './buildEngine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    enginePath: string;
  }
}

/** Bundles the engine once for all test files of a run. */
export async function setup(project: TestProject): Promise<void> {
  project.provide('enginePath', await buildEngine());
}
