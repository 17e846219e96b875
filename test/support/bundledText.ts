import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'vitest/config';
import { REPOSITORY } from '../../extension/build/paths.ts';
import { wgslPlugin } from '../../extension/build/plugins/wgslPlugin.ts';
import { wgslModule } from '../../extension/build/wgslLinker.ts';

const WORKER = '\0worker:';

/** Gives tests the same `.wgsl` and `worker:` imports as the webview bundle. */
export function bundledText(): Plugin {
  return {
    name: 'bundled-text',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.startsWith('worker:') || !importer) return null;
      return WORKER + resolve(dirname(importer), source.slice('worker:'.length));
    },
    configureVitest({ defineCacheKeyGenerator }) {
      // What Vitest keeps between runs it knows by the importing file alone; these modules hold other files' text too.
      defineCacheKeyGenerator(({ id }) => (isBundled(id) ? false : undefined));
    },
    async load(id) {
      if (id.startsWith(WORKER)) return asModule(await workerText(id.slice(WORKER.length)));
      return isShader(id) ? wgslModule(pathOf(id)).code : null;
    },
  };
}

const pathOf = (id: string): string => id.split('?')[0] ?? id;
const isShader = (id: string): boolean => pathOf(id).endsWith('.wgsl');
const isBundled = (id: string): boolean => isShader(id) || id.startsWith(WORKER);

function asModule(text: string): string {
  return `export default ${JSON.stringify(text)};`;
}

async function workerText(path: string): Promise<string> {
  const result = await build({
    absWorkingDir: REPOSITORY,
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    plugins: [wgslPlugin],
  });
  return result.outputFiles[0]?.text ?? '';
}
