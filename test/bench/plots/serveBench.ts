import { createServer } from 'node:http';
import { build } from 'esbuild';
import { browserBundle } from '../../../extension/build/bundles.ts';
import { fromRepository } from '../../../extension/build/paths.ts';

const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:"><link rel="stylesheet" href="/uPlot.css">
<style>body{margin:0;background:#fff}#host{position:relative}</style><div id="host"></div><script type="module" src="/page.js"></script>`;
const TYPES: Readonly<Record<string, string>> = { css: 'text/css', js: 'text/javascript', html: 'text/html' };

/** A running page server. */
export interface BenchServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Bundles the page, each contestant in a file of its own, and serves it on this machine. */
export async function serveBench(): Promise<BenchServer> {
  const choice = { isProduction: true, outputFolder: '/bench' } as const;
  const { outputFiles } = await build({
    ...browserBundle(choice),
    entryPoints: {
      page: fromRepository('test', 'bench', 'plots', 'page.ts'),
      uPlot: fromRepository('node_modules', 'uplot', 'dist', 'uPlot.min.css'),
    },
    outdir: '/bench',
    splitting: true,
    write: false,
  });
  const files = new Map(outputFiles.map(({ path, text }) => [`/${path.split(/[\\/]/).at(-1) ?? ''}`, text]));
  files.set('/', PAGE);
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const text = files.get(path);
    const type = path === '/' ? 'html' : (path.split('.').at(-1) ?? '');
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': TYPES[type] ?? 'text/plain' });
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
