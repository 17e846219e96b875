import { spawn } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll, reportBuildFailure } from './build.ts';
import { fromRepository, REPOSITORY } from './paths.ts';
import { writeSampleData } from './sampleData.ts';
import { installServer } from './vscode/installServer.ts';
import { startServer } from './vscode/server.ts';
import { workbenchUrl } from './vscode/workbenchUrl.ts';

const WHAT_TO_DO = 'Right-click a file in the explorer and choose "Open in Pika".';

async function start(isBrowserOpened: boolean): Promise<void> {
  await buildAll(false);
  const folder = await mkdtemp(join(tmpdir(), 'pika-samples-'));
  await writeSampleData(folder);
  const desktop = await findDesktop();
  try {
    await (desktop ? runDesktop(desktop, folder) : runServer(folder, isBrowserOpened));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The `code` program of a desktop VS Code on the PATH; it refuses to run as root. */
async function findDesktop(): Promise<string | undefined> {
  if (process.getuid?.() === 0) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  for (const part of (process.env['PATH'] ?? '').split(delimiter)) {
    const program = join(part, name);
    if (
      await access(program).then(
        () => true,
        () => false,
      )
    )
      return program;
  }
  return undefined;
}

async function runDesktop(program: string, folder: string): Promise<void> {
  console.log(`Opening VS Code on ${folder}. ${WHAT_TO_DO} Closing the window ends this command.`);
  const isWindows = process.platform === 'win32';
  const quote = (text: string) => (isWindows ? `"${text}"` : text);
  const parameters = ['--new-window', '--wait', quote(`--extensionDevelopmentPath=${REPOSITORY}`), quote(folder)];
  const child = spawn(quote(program), parameters, { stdio: 'inherit', shell: isWindows });
  await Promise.race([new Promise((resolve) => child.once('close', resolve)), interrupted()]);
  child.kill();
}

async function runServer(folder: string, isBrowserOpened: boolean): Promise<void> {
  const program = await installServer();
  const dataFolder = fromRepository('.cache', 'start');
  const server = await startServer({ program, dataFolder, isTrustOn: false });
  try {
    const url = workbenchUrl(server.url, { folder, extensionDevelopmentPath: REPOSITORY.replace(/[\\/]$/, '') });
    console.log(`\nVS Code with Pika-Plot runs at\n\n  ${url}\n\n${WHAT_TO_DO} Ctrl-C ends it.`);
    if (isBrowserOpened) openInBrowser(url);
    await interrupted();
  } finally {
    await server.stop();
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function openInBrowser(url: string): void {
  const [program, parameters] = browserCommand(url);
  const child = spawn(program, parameters, { stdio: 'ignore', detached: true });
  child.on('error', () => console.log('No browser was found here; open the address above in one.'));
  child.unref();
}

function browserCommand(url: string): [string, string[]] {
  if (process.platform === 'darwin') return ['open', [url]];
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { 'no-open': { type: 'boolean' } } });
  await start(!values['no-open']).catch(reportBuildFailure);
}
