import { createServer } from 'node:http';
import { build } from 'esbuild';
import { browserBundle } from '../../../extension/build/bundles.ts';
import { fromRepository } from '../../../extension/build/paths.ts';

/** The policy of the real webview, as far as it can be said in a page of its own. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; worker-src blob:; img-src 'self' data: blob:";
const PAGE = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="icon" href="data:"><link rel="stylesheet" href="/page.css"><body><div id="plot"></div><script type="module" src="/page.js"></script></body>`;
const PAGE_CSS = 'body{margin:0;font:13px system-ui,"DejaVu Sans",sans-serif}#plot{position:relative}';
const TYPES: Readonly<Record<string, string>> = { css: 'text/css', js: 'text/javascript', html: 'text/html' };

/** A running page server. */
export interface PlotPageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Bundles the page as the webview is bundled and serves it on this machine. */
export async function servePlotPage(): Promise<PlotPageServer> {
  const files = await bundlePage();
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    const text = files.get(path);
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain',
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function bundlePage(): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    ...browserBundle({ isProduction: true, outputFolder: 'unused' }),
    entryPoints: { page: fromRepository('test', 'support', 'plotPage', 'page.ts') },
    outdir: 'unused',
    write: false,
    minify: false,
  });
  const text = (extension: string) => result.outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  return new Map([
    ['/index.html', PAGE],
    ['/page.js', text('.js')],
    ['/page.css', PAGE_CSS + text('.css')],
  ]);
}
