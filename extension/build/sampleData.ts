import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRepository } from './paths.ts';

const FILES: Readonly<Record<string, readonly string[]>> = {
  weather: ['seattle-weather.csv', 'weather.csv', 'co2-concentration.csv', 'global-temp.csv', 'windvectors.csv'],
  flights: ['flights-3m.parquet', 'flights-200k.arrow', 'flights-10k.json', 'airports.csv', 'birdstrikes.csv'],
  economy: ['stocks.csv', 'sp500.csv', 'unemployment.tsv', 'us-employment.csv', 'gapminder.json'],
  things: ['cars.json', 'movies.json', 'penguins.json', 'zipcodes.csv', 'barley.json'],
};

/** The folder that holds the real data files of `vega-datasets`. */
export const DATASETS = fromRepository('node_modules', 'vega-datasets', 'data');

/** Copies a tidy selection of real data files into `folder`, one of them also as JSON lines. */
export async function writeSampleData(folder: string): Promise<void> {
  for (const [group, names] of Object.entries(FILES)) {
    await mkdir(join(folder, group), { recursive: true });
    for (const name of names) await copyFile(join(DATASETS, name), join(folder, group, name));
  }
  const cars = JSON.parse(await readFile(join(DATASETS, 'cars.json'), 'utf8')) as unknown[];
  await writeFile(join(folder, 'things', 'cars.jsonl'), cars.map((car) => `${JSON.stringify(car)}\n`).join(''));
}
