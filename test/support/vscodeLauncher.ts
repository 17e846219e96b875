import { appendFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { workbenchUrl } from '../../extension/build/vscode/workbenchUrl.ts';
import { launchChromium } from './chromium.ts';
import { startTestServer } from './vscodeServer.ts';

const VIEW = { width: 1600, height: 1000 };

/**
 * Takes the command line of a desktop VS Code and does the same with a VS Code server and Chromium: installs the
 * packaged extension named in `PIKA_VSIX`, runs the tests named by the flags, and answers with their exit code.
 */
export async function run(parameters: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const folder = parameters.find((parameter) => !parameter.startsWith('-'));
  if (folder === undefined) throw new Error('no folder to open was given');
  const vsix = environment['PIKA_VSIX'];
  const server = await startTestServer({
    isTrustOn: !parameters.includes('--disable-workspace-trust'),
    vsixFiles: vsix === undefined ? [] : [vsix],
    environment,
  });
  const browser = await launchChromium('none');
  try {
    const page = await browser.newPage({ viewport: VIEW });
    const exitCode = exitOf(page, environment['PIKA_TEST_LOG']);
    const extensionDevelopmentPath = flag(parameters, 'extensionDevelopmentPath');
    const extensionTestsPath = flag(parameters, 'extensionTestsPath');
    await page.goto(workbenchUrl(server.url, { folder, extensionDevelopmentPath, extensionTestsPath }));
    return await exitCode;
  } finally {
    await browser.close();
    await server.stop();
  }
}

function flag(parameters: readonly string[], name: string): string {
  const found = parameters.find((parameter) => parameter.startsWith(`--${name}=`));
  if (found === undefined) throw new Error(`--${name} is missing`);
  return found.slice(name.length + 3);
}

/**
 * The workbench calls two functions of the page while it runs tests: one to log, one at the end.
 * Lines about tests are shown, everything goes to the log file.
 */
function exitOf(page: Page, logFile: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const log = (_type: string, parts: unknown[]) => {
      const line = parts.join(' ');
      if (/^[✓✗]/.test(line)) console.log(line);
      if (logFile !== undefined) appendFileSync(logFile, `${line}\n`);
    };
    const isExposed = Promise.all([
      page.exposeFunction('codeAutomationLog', log),
      page.exposeFunction('codeAutomationExit', (code: number) => resolve(code)),
    ]);
    isExposed.catch(reject);
    page.on('crash', () => reject(new Error('the workbench page crashed')));
  });
}
