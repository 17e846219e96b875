import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { SOURCE_IN_QUERY } from '#common/base/pikaError';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

const VEGA = 'node_modules/vega-datasets/data';

let folder: string;
let engine: EngineInProcess;
beforeAll(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder, { allowedPaths: [folder, VEGA] });
});

/** The first query that a JSON file offers: its title, its number of rows, and its first row by column. */
async function unfold(path: string): Promise<unknown> {
  const { relation, notices } = await engine.describe(path, { format: 'json' });
  const [{ title, query = '' } = { title: '' }] = notices.flatMap(({ remedies = [] }) => remedies);
  if (query === '') return null;
  const sql = query.replaceAll(SOURCE_IN_QUERY, relation);
  const names = (await engine.rows(`SELECT column_name FROM (DESCRIBE ${sql})`)).map(([name]) => String(name));
  const rows = await engine.rows(sql);
  return { title, rowCount: rows.length, first: Object.fromEntries(names.map((name, i) => [name, rows[0]?.[i]])) };
}

async function check(name: string, content: unknown, expected: unknown): Promise<void> {
  const path = await writeInto(folder, `${name}.json`, JSON.stringify(content));
  expect(await unfold(path)).toEqual(expected);
}

test('features of GeoJSON that are points unfold into their properties and places', async () => {
  const unfolded = await unfold(join(VEGA, 'earthquakes.json'));
  expect(unfolded).toMatchObject({
    title: 'Unfold features',
    rowCount: 1707,
    first: { mag: expect.any(Number) as number, longitude: expect.any(Number) as number },
  });
});

test('features of GeoJSON with other shapes keep them', async () => {
  const geometry = {
    type: 'LineString',
    coordinates: [
      [1, 2],
      [3, 4],
    ],
  };
  const features = [{ type: 'Feature', properties: { name: 'a', length: 5 }, geometry }];
  const expected = { title: 'Unfold features', rowCount: 1, first: { name: 'a', length: '5' } };
  const path = await writeInto(folder, 'lines.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
  expect(await unfold(path)).toMatchObject(expected);
});

test('the list of an answer unfolds into rows', async () => {
  const data = [
    { a: 1, b: { c: 2 } },
    { a: 3, b: { c: 4 } },
  ];
  await check(
    'answer',
    { status: 'ok', count: 2, data },
    { title: 'Unfold data', rowCount: 2, first: { a: '1', b: { c: '2' } } },
  );
});

test('lists side by side unfold into columns', async () => {
  await check(
    'columns',
    { x: [1, 2, 3], y: [4, 5] },
    { title: 'Unfold the lists', rowCount: 3, first: { x: '1', y: '4' } },
  );
});

test('what has rows, or no list, offers nothing', async () => {
  await check('rows', [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }], null);
  await check('object', { a: { b: 1 } }, null);
});
