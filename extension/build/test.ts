import { readFile, rm } from 'node:fs/promises';
import { installChromium } from './installChromium.ts';
import { nativeTarget, packageFor } from './package.ts';
import { fromRepository } from './paths.ts';
import { runVisibly, type Step } from './steps.ts';
import { installServer } from './vscode/installServer.ts';

const RESULTS = fromRepository('.cache', 'test');

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface VitestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** Everything that `npm test` runs, one after another; each failure counts, none ends the run early. */
async function runEverything(): Promise<Tally> {
  await rm(RESULTS, { recursive: true, force: true });
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  await prepare();
  await runStep(tally, { name: 'check', command: ['node', 'extension/build/check.ts'] });
  const environment = await packageOnce(tally);
  await runVitest(tally, 'unit', environment);
  await runVitest(tally, 'page', environment);
  await runVitest(tally, 'gpu', environment);
  await runStep(
    tally,
    { name: 'integration', command: ['node', 'test/integration/run.ts'] },
    environment,
    readIntegration,
  );
  await runVitest(tally, 'e2e', environment);
  return tally;
}

async function prepare(): Promise<void> {
  await installChromium();
  await installServer();
}

/** What users install is what the later steps test. */
async function packageOnce(tally: Tally): Promise<NodeJS.ProcessEnv> {
  printTitle('package');
  try {
    return { PIKA_VSIX: await packageFor(nativeTarget()) };
  } catch (error) {
    console.error(error);
    tally.failed += 1;
    return {};
  }
}

async function runVitest(tally: Tally, project: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const file = fromRepository('.cache', 'test', `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const step: Step = { name: project, command: ['vitest', 'run', '--project', project, ...reporters] };
  await runStep(tally, step, environment, () => readVitest(file));
}

async function runStep(
  tally: Tally,
  step: Step,
  environment: NodeJS.ProcessEnv = {},
  read: () => Promise<Tally> = () => Promise.resolve({ passed: 0, failed: 0, skipped: 0 }),
): Promise<void> {
  printTitle(step.name);
  const exitCode = await runVisibly(step, environment);
  const counted = await read().catch(() => ({ passed: 0, failed: 0, skipped: 0 }));
  tally.passed += counted.passed;
  tally.skipped += counted.skipped;
  tally.failed += exitCode === 0 ? counted.failed : Math.max(counted.failed, 1);
}

function printTitle(name: string): void {
  console.log(`\n── ${name} ──`);
}

async function readVitest(file: string): Promise<Tally> {
  const results = JSON.parse(await readFile(file, 'utf8')) as VitestResults;
  const brokenFiles = results.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + brokenFiles.length,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

async function readIntegration(): Promise<Tally> {
  const text = await readFile(fromRepository('.cache', 'test', 'integration.json'), 'utf8');
  const results = JSON.parse(text) as readonly { readonly error: string | null }[];
  const failed = results.filter(({ error }) => error !== null).length;
  return { passed: results.length - failed, failed, skipped: 0 };
}

if (import.meta.main) {
  const { passed, failed, skipped } = await runEverything();
  if (skipped > 0) console.log(`\n${skipped} tests were skipped`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed + skipped > 0 ? 1 : 0;
}
