import { existsSync } from 'node:fs';
import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../extension/build/bundles.ts';
import { nativeBindingPackage } from '../../extension/build/duckdbBinding.ts';
import { fromRepository } from '../../extension/build/paths.ts';
import { BINDING_FOLDER } from '../../extension/build/plugins/duckdbPlugin.ts';

/** Builds the engine's bundle into a folder of its own, beside a link to DuckDB's binding, and returns its path. */
export async function buildEngine(): Promise<string> {
  const outputFolder = await mkdtemp(join(tmpdir(), 'pika-engine-'));
  await build(bundles({ isProduction: false, outputFolder }).engine);
  const binding = join(outputFolder, BINDING_FOLDER);
  if (!existsSync(binding)) await symlink(fromRepository('node_modules', nativeBindingPackage()), binding, 'junction');
  return join(outputFolder, 'engine.cjs');
}
