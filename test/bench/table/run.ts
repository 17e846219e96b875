import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { fromRepository } from '../../../extension/build/paths.ts';

/** The host side uses syntax that Node does not strip, so it is bundled first. */
const outfile = fromRepository('.cache', 'bench', 'table.mjs');
await build({
  absWorkingDir: fromRepository(),
  entryPoints: [fromRepository('test', 'bench', 'table', 'measureTable.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  outfile,
});
const { printTable } = (await import(pathToFileURL(outfile).href)) as typeof import('./measureTable.ts');
await printTable(process.argv.slice(2));
