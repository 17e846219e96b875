import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { fromRepository } from '../../../extension/build/paths.ts';

/** The host side uses syntax that Node does not strip, so it is bundled first. */
const outfile = fromRepository('.cache', 'bench', 'engine.mjs');
await build({
  absWorkingDir: fromRepository(),
  entryPoints: [fromRepository('test', 'bench', 'engine', 'measureEngine.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  outfile,
});
const { printEngineTable } = (await import(pathToFileURL(outfile).href)) as typeof import('./measureEngine.ts');
await printEngineTable(process.argv.slice(2));
