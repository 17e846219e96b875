import { fromRepository } from './paths.ts';
import { runAll, type Step } from './steps.ts';

/** The longest first: what starts last keeps the others waiting. */
const CHECKS: readonly Step[] = [
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  types('webview', 'vue-tsc', 'webview/tsconfig.json'),
  types('test', 'tsc', 'test/tsconfig.json'),
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', ...keptIn('prettier'), '.'] },
  types('extension', 'tsc', 'tsconfig.json'),
  { name: 'arrows', command: ['depcruise', 'extension', 'webview', 'test', '--output-type', 'err-long'] },
  types('common', 'tsc', 'extension/common/tsconfig.json'),
];

/** What a compiler found is kept for its next run, which then looks at what changed. */
function types(name: string, compiler: 'tsc' | 'vue-tsc', project: string): Step {
  const kept = fromRepository('.cache', 'check', `${name}.tsbuildinfo`);
  return { name: `types: ${name}`, command: [compiler, '-p', project, '--incremental', '--tsBuildInfoFile', kept] };
}

/** Prettier's verdict on a file depends on nothing but that file, so those that did not change need no second one. */
function keptIn(name: string): readonly string[] {
  const file = fromRepository('.cache', 'check', name);
  return ['--cache', '--cache-strategy', 'content', '--cache-location', file];
}

if (import.meta.main) process.exitCode = (await runAll(CHECKS)) ? 0 : 1;
