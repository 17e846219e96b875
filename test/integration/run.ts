import { mkdir, readFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { runTests } from '@vscode/test-electron';
import { fromRepository } from '../../extension/build/paths.ts';
import { packagedExtension } from '../support/packagedExtension.ts';
import { vscodeExecutable } from '../support/vscodeExecutable.ts';
import { writeTestFolder } from './testFolder.ts';
import type { TestResult } from './suite/runner.ts';

const WORK = fromRepository('.cache', 'integration');

async function run(): Promise<boolean> {
  const vsix = await packagedExtension();
  const folder = `${WORK}/folder`;
  const results = fromRepository('.cache', 'test', 'integration.json');
  const suite = `${WORK}/suite.cjs`;
  await rm(WORK, { recursive: true, force: true });
  await rm(results, { force: true });
  await mkdir(folder, { recursive: true });
  await writeTestFolder(folder);
  await bundleSuite(suite);
  const launch = await vscodeExecutable(vsix);
  const exitCode = await runTests({
    vscodeExecutablePath: launch.program,
    launchArgs: [folder, ...launch.parameters],
    extensionDevelopmentPath: fromRepository('test', 'fixtures', 'testExtension'),
    extensionTestsPath: suite,
    extensionTestsEnv: {
      PIKA_VSIX: vsix,
      PIKA_TEST_RESULTS: results,
      PIKA_TEST_LOG: `${WORK}/vscode.log`,
      PIKA_TEST_FILTER: process.argv[2],
    },
  }).catch(() => 1);
  return (await report(results)) && exitCode === 0;
}

async function bundleSuite(outfile: string): Promise<void> {
  await build({
    entryPoints: [fromRepository('test', 'integration', 'suite', 'index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', '@duckdb/*'],
  });
}

async function report(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) {
    console.log(`✗ the tests did not end; see ${WORK}/vscode.log`);
    return false;
  }
  const results = JSON.parse(text) as readonly TestResult[];
  const failed = results.filter(({ error }) => error !== null);
  for (const { name, error } of failed) console.log(`\n✗ ${name}\n${error ?? ''}`);
  console.log(`\nintegration: ${results.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 && results.length > 0;
}

if (import.meta.main) process.exitCode = (await run()) ? 0 : 1;
