import { runAll, type Step } from './steps.ts';

const CHECKS: readonly Step[] = [
  { name: 'types: common', command: ['tsc', '-p', 'extension/common/tsconfig.json'] },
  { name: 'types: extension', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types: webview', command: ['vue-tsc', '-p', 'webview/tsconfig.json'] },
  { name: 'types: test', command: ['tsc', '-p', 'test/tsconfig.json'] },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'arrows', command: ['depcruise', 'extension', 'webview', 'test', '--output-type', 'err-long'] },
];

if (import.meta.main) process.exitCode = (await runAll(CHECKS)) ? 0 : 1;
