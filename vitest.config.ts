import vue from 'unplugin-vue/vite';
import { defineConfig } from 'vitest/config';
import { bundledText } from './test/support/bundledText.ts';

const MINUTE_MS = 60_000;

/** Suites that need no VS Code. */
const LOCAL = {
  testTimeout: MINUTE_MS,
  hookTimeout: MINUTE_MS,
  globalSetup: ['test/support/temporaryRun.ts'],
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
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], ...LOCAL },
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
          fileParallelism: false,
        },
      },
    ],
    maxWorkers: 2,
  },
});
