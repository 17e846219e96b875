import { createServer } from 'node:http';
import { build, type BuildOptions } from 'esbuild';
import { browserBundle, bundles } from '../../../extension/build/bundles.ts';
import { fromRepository } from '../../../extension/build/paths.ts';

const NONCE = 'aGFybmVzcw==';
const CHOICE = { isProduction: true, outputFolder: '/bundles' } as const;
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  html: 'text/html',
  ttf: 'font/ttf',
};

/** The policy of the real webview, with this server in the place of VS Code's own address. */
const POLICY = [
  `default-src 'none'`,
  `script-src 'nonce-${NONCE}'`,
  `style-src 'self' 'nonce-${NONCE}'`,
  `font-src 'self'`,
  `img-src 'self' data: blob:`,
  `worker-src blob:`,
].join('; ');

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="icon" href="data:">
<link rel="stylesheet" href="/main.css">
<title>Pika</title>
</head>
<body>
<div id="app"></div>
<script nonce="${NONCE}" type="module" src="/page.js"></script>
<script nonce="${NONCE}" type="module" src="/main.js"></script>
</body>
</html>`;

/** A running harness. */
export interface HarnessServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Bundles the webview as it is shipped, and a fake extension beside it, and serves both on this machine. */
export async function serveHarness(): Promise<HarnessServer> {
  const files = new Map<string, Uint8Array>([['/', Buffer.from(PAGE)]]);
  const webview = bundles(CHOICE).webview;
  const page = { ...browserBundle(CHOICE), entryPoints: { page: harnessFile('page.ts') }, outdir: '/bundles' };
  for (const options of [webview, page]) await bundleInto(files, options);
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    const body = files.get(path);
    const type = path === '/' ? 'html' : (path.split('.').at(-1) ?? '');
    response.writeHead(body ? 200 : 404, { 'content-type': TYPES[type] ?? 'text/plain' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function bundleInto(files: Map<string, Uint8Array>, options: BuildOptions): Promise<void> {
  const { outputFiles } = await build({ ...options, write: false, sourcemap: false });
  for (const { path, contents } of outputFiles) files.set(`/${path.split(/[\\/]/).at(-1)}`, contents);
}

function harnessFile(name: string): string {
  return fromRepository('test', 'support', 'webviewHarness', name);
}
