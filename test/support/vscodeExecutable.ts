import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { fromRepository } from '../../extension/build/paths.ts';

/** What `runTests` starts, with the packaged extension installed in it. */
export interface Executable {
  readonly program: string;
  readonly parameters: readonly string[];
}

/**
 * A VS Code for the tests: on Linux the server with Chromium behind a launcher that takes the desktop's command line,
 * elsewhere (or with `PIKA_VSCODE=desktop`) a desktop VS Code, which is downloaded.
 */
export async function vscodeExecutable(vsix: string): Promise<Executable> {
  if (process.platform === 'linux' && process.env['PIKA_VSCODE'] !== 'desktop') {
    return { program: fromRepository('test', 'support', 'vscodeLauncher.mjs'), parameters: [] };
  }
  const program = await downloadAndUnzipVSCode();
  const [cli, ...parameters] = resolveCliArgsFromVSCodeExecutablePath(program);
  if (cli === undefined) throw new Error('the downloaded VS Code has no command line');
  await promisify(execFile)(cli, [...parameters, '--install-extension', vsix, '--force'], {
    shell: process.platform === 'win32',
  });
  return { program, parameters };
}
