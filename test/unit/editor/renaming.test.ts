import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csv, sql, useSessions } from '../../support/useSessions.ts';

const { start, reaches, current } = useSessions();

type Cases = Readonly<Record<string, readonly [before: string, after: string]>>;

/** Runs each query, renames `trips` to `rides`, and compares texts and counts of rows. */
async function checkRenaming(cases: Cases): Promise<void> {
  const names = Object.keys(cases);
  const { session, store } = await start(csv('trips'), ...names.map((name) => sql(name, cases[name]?.[0] ?? '')));
  const done = Object.fromEntries(names.map((name) => [name, 'done'] as const));
  const counts = () => session.apiNodes().map(({ rowCount }) => rowCount);
  await reaches(session, done);
  const before = counts();
  await session.edits.rename('trips', 'rides');
  await session.reconcile();
  await reaches(session, done);
  expect(counts()).toEqual(before);
  const { nodes } = JSON.parse(store.text) as { nodes: { id: string; sql: string | string[] }[] };
  const texts = nodes.slice(1).map((node) => [node.id, [node.sql].flat().join('\n')]);
  expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(names.map((name) => [name, cases[name]?.[1]])));
}

test('a renamed node is renamed in what reads it, which gives the same as before', async () => {
  await checkRenaming({
    'as a whole row': ['SELECT trips FROM trips', 'SELECT rides FROM rides'],
    'as the rows of an aggregate': ['SELECT list(trips) FROM trips', 'SELECT list(rides) FROM rides'],
    'as rows that a lambda goes through': [
      'SELECT [x.miles FOR x IN list(trips)] FROM trips',
      'SELECT [x.miles FOR x IN list(rides)] FROM rides',
    ],
    'before a star, and among columns': [
      'SELECT trips.* EXCLUDE (trips.fare), COLUMNS(trips.*) FROM trips',
      'SELECT rides.* EXCLUDE (rides.fare), COLUMNS(rides.*) FROM rides',
    ],
    'in a query inside, which sees the table around it': [
      'SELECT * FROM trips WHERE EXISTS (SELECT 1 FROM trips u WHERE u.miles = trips.miles)',
      'SELECT * FROM rides WHERE EXISTS (SELECT 1 FROM rides u WHERE u.miles = rides.miles)',
    ],
  });
});

test('what only has the letters of a renamed node stays as it is', async () => {
  await checkRenaming({
    'an alias': [
      'WITH x AS (FROM trips) SELECT trips.miles, trips FROM x trips',
      'WITH x AS (FROM rides) SELECT trips.miles, trips FROM x trips',
    ],
    'an alias of the table itself': [
      'SELECT trips.miles FROM trips AS trips',
      'SELECT trips.miles FROM rides AS trips',
    ],
    'the alias of a query in brackets': [
      'SELECT trips.x, b.miles FROM (SELECT 1 AS x) trips, trips AS b',
      'SELECT trips.x, b.miles FROM (SELECT 1 AS x) trips, rides AS b',
    ],
    'a common table inside another': [
      'WITH a AS (WITH trips AS (SELECT 7 AS n) SELECT trips.n FROM trips) SELECT a.n, trips.fare FROM a, trips',
      'WITH a AS (WITH trips AS (SELECT 7 AS n) SELECT trips.n FROM trips) SELECT a.n, rides.fare FROM a, rides',
    ],
    "a column's new name": [
      'SELECT miles AS trips FROM trips ORDER BY trips',
      'SELECT miles AS trips FROM rides ORDER BY trips',
    ],
    "a lambda's parameter": [
      'SELECT list_transform(list(trips.miles), lambda trips: trips + 1) FROM trips',
      'SELECT list_transform(list(rides.miles), lambda trips: trips + 1) FROM rides',
    ],
    "a struct's field": ['SELECT {trips: 1}.trips FROM trips', 'SELECT {trips: 1}.trips FROM rides'],
  });
});

test('a column with the name of a renamed node stays as it is', async () => {
  await writeFile(join(current().folder, 'trips.csv'), 'trips,fare\n1,2\n');
  await checkRenaming({ column: ['SELECT trips, trips.fare FROM trips', 'SELECT trips, rides.fare FROM rides'] });
});
