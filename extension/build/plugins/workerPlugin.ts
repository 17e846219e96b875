import { dirname, resolve } from 'node:path';
import { build as bundle, type BuildOptions, type Plugin } from 'esbuild';
import { REPOSITORY } from '../paths.ts';

/** Lets TypeScript import `worker:./path.ts` as the text of that file's bundle, to be started from a blob URL. */
export function workerPlugin(shared: BuildOptions): Plugin {
  return {
    name: 'worker',
    setup(build) {
      build.onResolve({ filter: /^worker:/ }, ({ path, importer }) => ({
        path: resolve(dirname(importer), path.slice('worker:'.length)),
        namespace: 'worker',
      }));
      build.onLoad({ filter: /.*/, namespace: 'worker' }, async ({ path }) => {
        const result = await bundle({
          ...shared,
          entryPoints: [path],
          bundle: true,
          write: false,
          outdir: 'worker',
          metafile: true,
          sourcemap: false,
          format: 'iife',
          platform: 'browser',
          absWorkingDir: REPOSITORY,
        });
        const watchFiles = Object.keys(result.metafile.inputs).map((file) => resolve(REPOSITORY, file));
        return { contents: result.outputFiles[0]?.text ?? '', loader: 'text', watchFiles };
      });
    },
  };
}
