import { readFile, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { installChromium } from './installChromium.ts';
import { nativeTarget, packageFor } from './package.ts';
import { fromRepository, REPOSITORY } from './paths.ts';
import { runVisibly, type Step } from './steps.ts';
import { installServer } from './vscode/installServer.ts';

const RESULTS = fromRepository('.cache', 'test');

interface Tally {
  passed: number;
  skipped: number;
  /** What failed, a line each. They are said again at the end, since what the steps print is long. */
  readonly failures: string[];
}

interface VitestResults {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly VitestFile[];
}

interface VitestFile {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages: readonly string[] | null;
  }[];
}

/** Everything that `npm test` runs, one after another; each failure counts, none ends the run early. */
async function runEverything(): Promise<Tally> {
  await rm(RESULTS, { recursive: true, force: true });
  const tally: Tally = { passed: 0, skipped: 0, failures: [] };
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
    tally.failures.push('package: was not built');
    return {};
  }
}

async function runVitest(tally: Tally, project: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const file = fromRepository('.cache', 'test', `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const step: Step = { name: project, command: ['vitest', 'run', '--project', project, ...reporters] };
  await runStep(tally, step, environment, () => readVitest(project, file));
}

async function runStep(
  tally: Tally,
  step: Step,
  environment: NodeJS.ProcessEnv = {},
  read: () => Promise<Tally> = () => Promise.resolve(nothingCounted()),
): Promise<void> {
  printTitle(step.name);
  const exitCode = await runVisibly(step, environment);
  const counted = await read().catch(nothingCounted);
  tally.passed += counted.passed;
  tally.skipped += counted.skipped;
  tally.failures.push(...counted.failures);
  if (exitCode !== 0 && counted.failures.length === 0) tally.failures.push(`${step.name}: ended with ${exitCode}`);
}

function nothingCounted(): Tally {
  return { passed: 0, skipped: 0, failures: [] };
}

function printTitle(name: string): void {
  console.log(`\n── ${name} ──`);
}

async function readVitest(project: string, file: string): Promise<Tally> {
  const results = JSON.parse(await readFile(file, 'utf8')) as VitestResults;
  return {
    passed: results.numPassedTests,
    skipped: results.numPendingTests + results.numTodoTests,
    failures: results.testResults.flatMap((one) => failuresOf(one).map((line) => `${project}: ${line}`)),
  };
}

/** A file that broke before its first test has no test that could have failed. */
function failuresOf({ name, status, message, assertionResults }: VitestFile): string[] {
  const path = relative(REPOSITORY, name);
  if (status === 'failed' && assertionResults.length === 0) return [`${path}: ${firstLine(message)}`];
  const failed = assertionResults.filter((one) => one.status === 'failed');
  return failed.map((one) => `${path} > ${one.fullName}: ${firstLine(one.failureMessages?.[0])}`);
}

async function readIntegration(): Promise<Tally> {
  const text = await readFile(fromRepository('.cache', 'test', 'integration.json'), 'utf8');
  const results = JSON.parse(text) as readonly { readonly name: string; readonly error: string | null }[];
  const failures = results
    .filter(({ error }) => error !== null)
    .map(({ name, error }) => `integration: ${name}: ${firstLine(error)}`);
  return { passed: results.length - failures.length, skipped: 0, failures };
}

function firstLine(text: string | null | undefined): string {
  return text?.trim().split('\n', 1)[0] ?? '';
}

if (import.meta.main) {
  const { passed, failures, skipped } = await runEverything();
  if (failures.length > 0) console.log(`\n── failed ──\n${failures.join('\n')}`);
  if (skipped > 0) console.log(`\n${skipped} tests were skipped`);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length + skipped > 0 ? 1 : 0;
}
