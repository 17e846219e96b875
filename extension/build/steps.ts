import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { delimiter } from 'node:path';
import { fromRepository, REPOSITORY } from './paths.ts';

/** A named command line; `command[0]` is found in `node_modules/.bin` first. */
export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

interface Outcome {
  readonly isGood: boolean;
  readonly output: string;
  readonly seconds: number;
}

/** The environment of every child: Node and tools of `node_modules` come first. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  const path = [fromRepository('node_modules', '.bin'), process.env['PATH']].join(delimiter);
  return { ...process.env, PATH: path };
}

/** Runs the steps side by side and prints each one's output when it fails. @returns Whether all passed. */
export async function runAll(steps: readonly Step[]): Promise<boolean> {
  const waiting = [...steps];
  let isGood = true;
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const outcome = await runQuietly(step);
      isGood &&= outcome.isGood;
      console.log(`${outcome.isGood ? '✓' : '✗'} ${step.name} (${outcome.seconds.toFixed(1)} s)`);
      if (!outcome.isGood) console.log(outcome.output.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return isGood;
}

/** Runs one step with its output passed through. @returns Its exit code. */
export function runVisibly(step: Step, environment: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = start(step, 'inherit', environment);
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function runQuietly(step: Step): Promise<Outcome> {
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const child = start(step, 'pipe', {});
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ isGood: code === 0, output, seconds: (performance.now() - startedMs) / 1000 }),
    );
  });
}

function start(step: Step, output: 'inherit' | 'pipe', environment: NodeJS.ProcessEnv) {
  const [program, ...parameters] = step.command;
  return spawn(program, parameters, {
    cwd: REPOSITORY,
    env: { ...toolEnvironment(), ...environment },
    stdio: ['ignore', output, output],
    shell: process.platform === 'win32',
  });
}
