import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/** The file beside the pages' scripts that names, for each page, the scripts its own imports at once. */
const PAGES_FILE = 'pages.json';

/**
 * Writes down which scripts each page starts with, so that its HTML can ask for all of them together.
 * Fails where a part that comes later has styles: nothing would load them.
 */
export const pagesPlugin: Plugin = {
  name: 'pages',
  setup(build) {
    build.onEnd(async ({ metafile }) => {
      const { outdir: folder, write: isWriting = true } = build.initialOptions;
      if (!metafile || folder === undefined || !isWriting) return undefined;
      const pages = Object.keys(build.initialOptions.entryPoints ?? {});
      const lost = Object.keys(metafile.outputs).filter(
        (file) => file.endsWith('.css') && !pages.includes(basename(file, '.css')),
      );
      if (lost.length > 0) return { errors: [{ text: `no page loads the styles in ${lost.join(', ')}` }] };
      // A build that is kept in memory has no folder to write to.
      if (build.initialOptions.write === false) return undefined;
      const scripts = pages.map((page) => [page, startScripts(metafile, page)] as const);
      await writeFile(join(folder, PAGES_FILE), JSON.stringify(Object.fromEntries(scripts)));
      return undefined;
    });
  },
};

function startScripts({ outputs }: Metafile, page: string): string[] {
  const entry = Object.keys(outputs).find((file) => basename(file) === `${page}.js`);
  const found = new Set<string>();
  const follow = (file: string) => {
    for (const { kind, path } of outputs[file]?.imports ?? []) {
      if (kind !== 'import-statement' || found.has(path)) continue;
      found.add(path);
      follow(path);
    }
  };
  if (entry !== undefined) follow(entry);
  return [...found].map((path) => basename(path)).sort();
}
