import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, context, formatMessages, type BuildFailure, type BuildOptions, type Metafile } from 'esbuild';
import { bundles } from './bundles.ts';
import { copyBinding } from './duckdbBinding.ts';
import { writeNotices } from './notices.ts';
import { fromRepository } from './paths.ts';

const KB = 1000;

/** Writes the three bundles and the DuckDB binding (this machine's unless another package's folder is given). */
export async function buildAll(
  isProduction: boolean,
  outputFolder = fromRepository('dist'),
  bindingFolder?: string,
): Promise<void> {
  if (isProduction) await rm(outputFolder, { recursive: true, force: true });
  const [metafiles] = await Promise.all([
    Promise.all(Object.values(bundles({ isProduction, outputFolder })).map(buildOne)),
    copyBinding(outputFolder, bindingFolder),
  ]);
  if (isProduction) await writeNotices(metafiles, join(outputFolder, 'ThirdPartyNotices.txt'));
  for (const metafile of metafiles) printOutputs(metafile);
}

async function buildOne(options: BuildOptions): Promise<Metafile> {
  const result = await build({ ...options, metafile: true });
  return result.metafile;
}

function printOutputs(metafile: Metafile): void {
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
    if (!file.endsWith('.map')) console.log(`${(bytes / KB).toFixed(0).padStart(6)} kB  ${file}`);
  }
}

async function watchAll(): Promise<void> {
  const outputFolder = fromRepository('dist');
  await copyBinding(outputFolder);
  for (const options of Object.values(bundles({ isProduction: false, outputFolder }))) {
    const watched = await context({ ...options, logLevel: 'info' });
    await watched.watch();
  }
}

/** Prints esbuild's messages in their readable form; anything else as it is. */
export async function reportBuildFailure(error: unknown): Promise<void> {
  const messages = (error as Partial<BuildFailure>).errors;
  if (!messages) throw error;
  const lines = await formatMessages(messages, { kind: 'error', color: process.stdout.isTTY });
  console.error(lines.join('\n'));
  process.exitCode = 1;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { production: { type: 'boolean' }, watch: { type: 'boolean' } } });
  await (values.watch ? watchAll() : buildAll(values.production ?? false)).catch(reportBuildFailure);
}
