import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { fromRepository } from '../../../extension/build/paths.ts';
import { wgslPlugin } from '../../../extension/build/plugins/wgslPlugin.ts';

/** The kernels import shaders, so what measures them is bundled first. */
const outfile = fromRepository('.cache', 'bench', 'gpu.mjs');
await build({
  absWorkingDir: fromRepository(),
  entryPoints: [fromRepository('test', 'bench', 'gpu', 'measureKernels.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  external: ['webgpu'],
  plugins: [wgslPlugin],
  outfile,
});
const { printKernelTable } = (await import(pathToFileURL(outfile).href)) as typeof import('./measureKernels.ts');
await printKernelTable();
