import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { buildAll, reportBuildFailure } from './build.ts';
import { nativeBindingPackage } from './duckdbBinding.ts';
import { npm } from './npm.ts';
import { fromRepository } from './paths.ts';

const MB = 1_000_000;
/** A download above this size is a mistake in what is packed: DuckDB's largest binding is about 37 MB compressed. */
const MAX_MB: Readonly<Record<string, number>> = { 'linux-x64': 30 };
const MAX_OTHER_MB = 45;

/** VS Code's platform names by the name npm uses in DuckDB's binding packages. */
const TARGETS: Readonly<Record<string, string>> = {
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-x64-musl': 'alpine-x64',
  'linux-arm64-musl': 'alpine-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
};
const PREFIX = '@duckdb/node-bindings-';
const COPIED = ['package.nls.json', 'README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore', 'media'] as const;
const NOT_SHIPPED = ['scripts', 'imports', 'dependencies', 'devDependencies', 'allowScripts'] as const;

interface Manifest extends Record<string, unknown> {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The platform of this machine, in VS Code's words. */
export function nativeTarget(): string {
  const target = TARGETS[nativeBindingPackage().slice(PREFIX.length)];
  if (target === undefined) throw new Error(`DuckDB has no binding for ${process.platform}-${process.arch}`);
  return target;
}

/** Builds an installable package for one platform. @returns The path of the `.vsix`. */
export async function packageFor(target: string): Promise<string> {
  const manifest = JSON.parse(await readFile(fromRepository('package.json'), 'utf8')) as Manifest;
  const stage = fromRepository('.cache', 'package', target);
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  for (const name of COPIED) await cp(fromRepository(name), join(stage, name), { recursive: true });
  await writeFile(join(stage, 'package.json'), JSON.stringify(shippedManifest(manifest), null, 2));
  const binding = await bindingFor(target, manifest);
  await buildAll(true, join(stage, 'dist'), binding.folder).finally(() => binding.remove());
  const packagePath = fromRepository(`pika-plot-${target}-${manifest.version}.vsix`);
  await createVSIX({
    cwd: stage,
    target,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  await requireSmall(packagePath, target);
  return packagePath;
}

function shippedManifest(manifest: Manifest): Record<string, unknown> {
  return Object.fromEntries(Object.entries(manifest).filter(([name]) => !NOT_SHIPPED.includes(name as never)));
}

interface Binding {
  readonly folder: string;
  remove(): Promise<void>;
}

/** The platform's binding: the installed one, or one fetched from npm into a temporary folder. */
async function bindingFor(target: string, manifest: Manifest): Promise<Binding> {
  const name = Object.keys(TARGETS).find((key) => TARGETS[key] === target);
  if (name === undefined) throw new Error(`unknown target ${target}; known: ${Object.values(TARGETS).join(', ')}`);
  if (target === nativeTarget()) {
    return { folder: fromRepository('node_modules', PREFIX + name), remove: () => Promise.resolve() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'pika-binding-'));
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const [os, cpu, libc] = name.split('-');
  const platform = [`--os=${os}`, `--cpu=${cpu}`, ...(os === 'linux' ? [`--libc=${libc ?? 'glibc'}`] : [])];
  const wanted = `${PREFIX}${name}@${manifest.dependencies['@duckdb/node-api']}`;
  // npm refuses a package of another platform that is asked for by name, unless forced.
  await npm(['install', '--force', '--ignore-scripts', '--no-audit', '--no-fund', ...platform, wanted], folder);
  return {
    folder: join(folder, 'node_modules', PREFIX + name),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function requireSmall(packagePath: string, target: string): Promise<void> {
  const { size } = await stat(packagePath);
  const limit = MAX_MB[target] ?? MAX_OTHER_MB;
  console.log(`${packagePath}: ${(size / MB).toFixed(1)} MB`);
  if (size > limit * MB) throw new Error(`the package is larger than ${limit} MB`);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { target: { type: 'string' } } });
  await packageFor(values.target ?? nativeTarget()).catch(reportBuildFailure);
}
