import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRepository } from './paths.ts';
import { BINDING_FOLDER } from './plugins/duckdbPlugin.ts';

/** The npm package that holds DuckDB's binding for this machine. */
export function nativeBindingPackage(): string {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const isMusl = process.platform === 'linux' && report.header?.glibcVersionRuntime === undefined;
  return `@duckdb/node-bindings-${process.platform}-${process.arch}${isMusl ? '-musl' : ''}`;
}

/** Puts the binding's files beside the engine bundle; files that are there already are not written again. */
export async function copyBinding(
  outputFolder: string,
  packageFolder = fromRepository('node_modules', nativeBindingPackage()),
): Promise<void> {
  const target = join(outputFolder, BINDING_FOLDER);
  await mkdir(target, { recursive: true });
  const wanted = (await readdir(packageFolder)).filter(isNeeded);
  for (const name of await readdir(target)) if (!wanted.includes(name)) await rm(join(target, name));
  for (const name of wanted) await copyIfChanged(join(packageFolder, name), join(target, name));
}

function isNeeded(name: string): boolean {
  return name === 'LICENSE' || /\.(node|so|dylib|dll)$/.test(name);
}

async function copyIfChanged(from: string, to: string): Promise<void> {
  const [source, copy] = await Promise.all([stat(from), stat(to).catch(() => null)]);
  if (copy?.size === source.size && copy.mtimeMs === source.mtimeMs) return;
  await cp(from, to, { preserveTimestamps: true, force: true });
}
