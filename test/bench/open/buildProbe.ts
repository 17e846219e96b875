import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { fromRepository } from '../../../extension/build/paths.ts';

const MANIFEST = {
  name: 'pika-probe',
  publisher: 'pika-plot',
  version: '0.0.1',
  private: true,
  engines: { vscode: '^1.100.0' },
  main: './probe.cjs',
  contributes: {
    commands: [
      { command: 'pikaProbe.start', title: 'Pika Probe: Start' },
      { command: 'pikaProbe.end', title: 'Pika Probe: End' },
    ],
  },
};

/** Builds the extension that measures the extension host. @returns Its folder. */
export async function buildProbe(): Promise<string> {
  const folder = fromRepository('.cache', 'bench', 'probe');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(MANIFEST, null, 2));
  await build({
    entryPoints: [fromRepository('test', 'bench', 'open', 'probe.ts')],
    outfile: join(folder, 'probe.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  return folder;
}
