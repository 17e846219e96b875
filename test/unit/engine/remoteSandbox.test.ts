import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Tracer } from '#common/base/trace';
import { lockSettings } from '../../../extension/engine/database/lockSettings.ts';
import { SqlGate } from '../../../extension/engine/gate/sqlGate.ts';
import { OpenConnections } from '../../../extension/engine/remote/openConnections.ts';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { connection } from '../../support/connections.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

const SECRET = "T0P'SECRET";

describe('a database that may read one address', () => {
  let database: DuckDBConnection;
  beforeAll(async () => {
    const options = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' };
    database = await (await DuckDBInstance.create(':memory:', options)).connect();
    const config = engineConfig(await testFolder());
    for (const statement of await lockSettings(config, ['https://good.example/data/', 's3://bucket/p/'])) {
      await database.run(statement);
    }
  });
  afterAll(() => database.closeSync());

  // Without the extension an address that is allowed fails for the want of it, and any other one before.
  test.each(['https://good.example/data/a.csv', 's3://bucket/p/*.csv'])('may read %s', async (url) => {
    await expect(database.run(`FROM read_csv('${url}')`)).rejects.toThrow(/requires the extension httpfs/);
  });

  test.each([
    'https://good.example/other.csv',
    'https://good.example/data/../other.csv',
    'https://good.example.evil/data/a.csv',
    'https://good.example@evil.example/data/a.csv',
    'http://good.example/data/a.csv',
    's3://bucket/p/../q/a.csv',
    's3://bucket2/p/a.csv',
    'hf://datasets/a/b.csv',
    'file:///etc/passwd',
    '/etc/passwd',
    '/proc/self/environ',
  ])('may not read %s', async (url) => {
    await expect(database.run(`FROM read_csv('${url}')`)).rejects.toThrow(/disabled by configuration/);
    await expect(database.run(`FROM '${url}'`)).rejects.toThrow(/disabled by configuration|does not exist/);
  });

  test.each([
    'INSTALL httpfs',
    'LOAD httpfs',
    "ATTACH '/etc/passwd' AS a",
    "ATTACH 'md:x'",
    'SET enable_external_access = true',
  ])('may not run %s', async (statement) => {
    await expect(database.run(statement)).rejects.toThrow(/disabled|locked|Cannot (?:access|change)/i);
  });
});

describe('the gate', () => {
  let serializer: DuckDBConnection;
  let gate: SqlGate;
  const own = (name: string, url: string) => name === 'delta_scan' && url.startsWith('s3://bucket/lake/');
  beforeAll(async () => {
    serializer = await (await DuckDBInstance.create(':memory:')).connect();
    const serialize = async (sql: string) =>
      (await serializer.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql])).getRows()[0]?.[0] as string;
    gate = new SqlGate(serialize, () => Promise.resolve(), own);
  });
  afterAll(() => serializer.closeSync());

  test('lets a lake table of an open connection pass', async () => {
    expect((await gate.inspect(`SELECT * FROM delta_scan('s3://bucket/lake/a') WHERE b > 1`)).kind).toBe('select');
  });

  test.each([
    `SELECT * FROM delta_scan('s3://other/a')`,
    `SELECT * FROM delta_scan('/home/user/table')`,
    `SELECT * FROM DELTA_SCAN('s3://' || 'bucket/lake/a')`,
    `SELECT * FROM delta_scan('s3://bucket/lake/a', x = 1)`,
    `SELECT * FROM iceberg_scan('s3://bucket/lake/a')`,
    `SELECT * FROM range(3), LATERAL (SELECT * FROM delta_scan('s3://other/a'))`,
    `SELECT * FROM postgres_query('connection:pg', 'DELETE FROM a')`,
    `SELECT * FROM postgres_scan('host=evil', 'public', 'a')`,
    `SELECT * FROM mysql_query('connection:my', 'DROP TABLE a')`,
    `SELECT * FROM duckdb_secrets()`,
    `SELECT * FROM which_secret('s3://bucket/lake/a', 's3')`,
    `SELECT * FROM iceberg_metadata('/home/user/table')`,
    `SELECT * FROM ducklake_snapshots('connection:dl')`,
  ])('refuses %s', async (sql) => {
    expect((await gate.inspect(sql)).kind).toBe('refused');
  });
});

describe('lake scans', () => {
  test('reach nothing when no connection is open', async () => {
    const open = await OpenConnections.open(await DuckDBInstance.create(':memory:'), []);
    expect(open.mayScan('delta_scan', 's3://bucket/lake/a')).toBe(false);
    expect(open.prefixes).toEqual([]);
  });
});

describe('an engine with connections that cannot be opened', () => {
  let engine: EngineClient;
  let folder: string;
  const logged: string[] = [];
  const home = process.env['HOME'];
  beforeAll(async () => {
    folder = await testFolder();
    // No extension is installed, and none can be: the home folder is no folder.
    process.env['HOME'] = await writeInto(folder, 'a.csv', 'x\n1\n2\n');
    const connections = [
      connection({ name: 'lake', type: 's3', url: 's3://bucket/' }, { keyId: 'K', secret: SECRET }),
      connection({ name: 'pg', type: 'postgres', host: 'h', database: 'd', user: 'u' }, { password: SECRET }),
    ];
    const config = () => engineConfig(folder, { connections });
    const log = (_level: string, message: string) => void logged.push(message);
    const tracer = new Tracer((span) => void logged.push(JSON.stringify(span)));
    engine = new EngineClient({ enginePath: inject('enginePath'), config, log, tracer });
  });
  afterAll(() => {
    process.env['HOME'] = home;
    engine.dispose();
  });

  const describeRemote = (name: string, target: string) =>
    engine
      .describeSource({ files: [], format: 'parquet', options: {}, remote: { connection: name, target } })
      .catch((error: unknown) => error);

  test.each([
    ['lake', 'a.parquet', 'httpfs'],
    ['pg', 'public.a', 'postgres'],
  ])('says what %s needs', async (name, target, extension) => {
    const error = await describeRemote(name, target);
    expect(error).toMatchObject({ code: 'connection-failed', message: expect.stringContaining(extension) as string });
    expect(JSON.stringify(error) + String(error)).not.toContain('T0P');
  });

  test('does its other work, and keeps what is not open closed', async () => {
    const path = `${folder}/a.csv`;
    const { relation } = await engine.describeSource({ files: [path], format: 'csv', options: {} });
    const { rowCount } = await engine.query({ sql: `FROM ${relation}`, lane: 'result', subject: 't', maxRows: 9 });
    expect(rowCount).toBe(2);
    const sql = `FROM read_parquet('s3://bucket/a.parquet')`;
    await expect(engine.query({ sql, lane: 'result', subject: 't', maxRows: 9 })).rejects.toMatchObject({
      code: 'query-refused',
    });
    await expect(describeRemote('other', 'a')).resolves.toMatchObject({ code: 'connection-missing' });
    expect(logged.join('\n')).not.toContain('T0P');
  });
});
