import { DuckDBInstance } from '@duckdb/node-api';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PikaNode, SourceFormat } from '#common/document/pikaDocument';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { csv, sql, table, useSessions } from '../../support/useSessions.ts';

const source = (id: string, file: string, format: SourceFormat, more: object = {}): PikaNode => ({
  kind: 'source',
  id,
  files: [file],
  format,
  options: {},
  extra: {},
  ...more,
});

describe('compiled SQL', () => {
  const { current, start } = useSessions();

  /** Rows that a DuckDB of its own, which knows nothing of the workspace, gives for a node. */
  async function rowsElsewhere(nodes: readonly PikaNode[], id: string) {
    const { session } = await start(...nodes);
    const statement = await session.compiledSql(id);
    return (await ReferenceDuckdb.open()).rows(statement);
  }

  test('a chain of queries over a CSV file, with names that need quotes, is one statement', async () => {
    const nodes = [
      csv('trips'),
      sql('far trips', 'SELECT * FROM trips WHERE miles > 1 -- the far ones'),
      sql('select', 'WITH trips AS (SELECT sum(fare) AS s FROM "far trips") SELECT s, \'trips\' AS t FROM trips;'),
      table('rows', 'select'),
    ];
    expect(await rowsElsewhere(nodes, 'rows')).toEqual([{ s: 25, t: 'trips' }]);
  });

  test('reader options and what was found out about the file go along', async () => {
    await mkdir(join(current().folder, "it's"));
    await writeFile(join(current().folder, "it's", 'odd.txt'), 'a|b\nNA|1,5\nx|2,5\n');
    const options = { nullstr: ['NA'], decimal_separator: ',' };
    const nodes = [source('odd', "it's/odd.txt", 'csv', { options })];
    expect(await rowsElsewhere(nodes, 'odd')).toEqual([
      { a: null, b: 1.5 },
      { a: 'x', b: 2.5 },
    ]);
  });

  test.each(['json', 'jsonl', 'parquet'] as const)('a %s file is read where it lies', async (format) => {
    const path = join(current().folder, `data.${format}`);
    const options = { json: 'FORMAT json, ARRAY true', jsonl: 'FORMAT json', parquet: 'FORMAT parquet' }[format];
    const reference = await ReferenceDuckdb.open();
    await reference.rows(`COPY (SELECT 7 AS n, 'x' AS t) TO '${path}' (${options})`);
    const nodes = [source('data', `data.${format}`, format), sql('q', 'SELECT n + 1 AS m, t FROM data')];
    const rows = await rowsElsewhere(nodes, 'q');
    expect(rows.map(({ m, t }) => [Number(m), t])).toEqual([[8, 'x']]);
  });

  test('a table of a database needs no ATTACH, and a view is refused in a sentence', async () => {
    const path = join(current().folder, 'shop.duckdb');
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    await connection.run('CREATE SCHEMA s; CREATE TABLE s.orders AS SELECT 3 AS n; CREATE VIEW v AS SELECT 1 AS one');
    connection.closeSync();
    instance.closeSync();
    const orders = source('orders', 'shop.duckdb', 'duckdb', { table: 's.orders' });
    expect(await rowsElsewhere([orders], 'orders')).toEqual([{ n: 3 }]);
    const view = source('v', 'shop.duckdb', 'duckdb', { table: 'v' });
    await expect(rowsElsewhere([view], 'v')).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('what cannot run is not copied', async () => {
    const broken = await start(csv('trips'), sql('bad', 'SELEC 1'), sql('reader', 'SELECT * FROM bad'));
    await expect(broken.session.compiledSql('reader')).rejects.toMatchObject({ code: 'query-syntax' });
    const circle = await start(sql('a', 'FROM b'), sql('b', 'FROM a'));
    await expect(circle.session.compiledSql('a')).rejects.toMatchObject({ code: 'graph-cycle' });
    current().isTrusted = false;
    await expect(broken.session.compiledSql('trips')).rejects.toMatchObject({ code: 'untrusted' });
  });
});
