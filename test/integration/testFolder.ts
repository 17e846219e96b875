import { chmod, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fromRepository } from '../../extension/build/paths.ts';
import { DATASETS } from '../../extension/build/sampleData.ts';
import { BAD_FILES } from './badFiles.ts';

const DATA = new Set(['.csv', '.tsv', '.json', '.arrow', '.parquet']);

/** Fills the folder that the tests open: `datasets/`, `spectrum/`, `months/`, `years/` and `bad/`. */
export async function writeTestFolder(folder: string): Promise<void> {
  await copyAll(DATASETS, join(folder, 'datasets'), (name) => DATA.has(extname(name)));
  await copyAll(fromRepository('node_modules', 'csv-spectrum', 'csvs'), join(folder, 'spectrum'), () => true);
  await mkdir(join(folder, 'months'), { recursive: true });
  await writeFile(join(folder, 'months', 'may.csv'), 'day,rain\n1,0.5\n2,0.1\n');
  await writeFile(join(folder, 'months', 'june.csv'), 'day,rain\n1,2.5\n');
  for (const year of ['2023', '2024']) {
    await mkdir(join(folder, 'years', `year=${year}`), { recursive: true });
    await writeFile(join(folder, 'years', `year=${year}`, 'rain.csv'), 'day,rain\n1,0.5\n2,0.1\n');
  }
  await mkdir(join(folder, 'bad'), { recursive: true });
  for (const { name, content, isReadable = true } of BAD_FILES) {
    const path = join(folder, 'bad', name);
    await writeFile(path, await content(DATASETS));
    if (!isReadable) await chmod(path, 0);
  }
}

async function copyAll(from: string, to: string, isWanted: (name: string) => boolean): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) if (isWanted(name)) await copyFile(join(from, name), join(to, name));
}
