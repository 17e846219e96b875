import vue from 'unplugin-vue/vite';
import { defineConfig } from 'vitest/config';
import { bundledText } from './test/support/bundledText.ts';

const MINUTE_MS = 60_000;

/** Suites that need no VS Code. A machine that others use too may take a browser or a device away; the report says of what is tried again. */
const LOCAL = {
  retry: process.env['CI'] === undefined ? 0 : 1,
  testTimeout: 2 * MINUTE_MS,
  hookTimeout: MINUTE_MS,
  expect: { poll: { timeout: MINUTE_MS / 2 } },
  globalSetup: ['test/support/temporaryRun.ts'],
};
/** What the test files of a project share, made once before them. */
const SHARED = {
  engine: 'test/support/shareEngine.ts',
  harness: 'test/support/webviewHarness/shareHarness.ts',
  extension: 'test/support/shareExtension.ts',
  server: 'test/support/shareServer.ts',
};

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('vscode-') } } }),
    bundledText(),
  ],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          ...LOCAL,
          globalSetup: [...LOCAL.globalSetup, SHARED.engine],
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: ['test/page/**/*.test.ts'],
          ...LOCAL,
          globalSetup: [...LOCAL.globalSetup, SHARED.harness],
        },
      },
      {
        extends: true,
        test: { name: 'gpu', include: ['test/gpu/**/*.test.ts'], ...LOCAL },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 3 * MINUTE_MS,
          hookTimeout: 3 * MINUTE_MS,
          expect: { poll: { timeout: MINUTE_MS / 2 } },
          // Two windows at once keep two cores so busy that both take twice as long.
          fileParallelism: false,
          // They share a window that stays open.
          isolate: false,
          globalSetup: [SHARED.extension, SHARED.server],
        },
      },
    ],
    maxWorkers: 2,
  },
});
