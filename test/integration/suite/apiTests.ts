import assert from 'node:assert/strict';
import { tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow';
import { commands } from 'vscode';
import type { TestRunner } from './runner.ts';
import { documentText, filePath, nodeOfKind, openAndWait, pikaApi } from './workspaceFiles.ts';

/** Tests of what other extensions can call. */
export function addApiTests(runner: TestRunner): void {
  runner.test('the API names its version', async () => {
    const api = await pikaApi();
    assert.match(api.version, /^1\.\d+\.\d+$/);
  });

  runner.test('query returns an Arrow stream of exact values', async () => {
    const api = await pikaApi();
    const table = tableFromIPC(await api.query("SELECT i, i / 2 AS half, 'n' || i AS name FROM range(3) t(i)"));
    assert.deepEqual(
      table.toArray().map((row) => ({ ...(row as object) })),
      [0n, 1n, 2n].map((i) => ({ i, half: Number(i) / 2, name: `n${i}` })),
    );
  });

  runner.test('query takes parameters', async () => {
    const api = await pikaApi();
    const table = tableFromIPC(await api.query('SELECT $1::INTEGER + 1 AS next', [41]));
    assert.equal(table.getChild('next')?.get(0), 42);
  });

  addRefusalTests(runner);
  addWorkspaceTests(runner);
}

function addRefusalTests(runner: TestRunner): void {
  const refused: readonly (readonly [sql: string, code: string])[] = [
    ['SELEC 1', 'query-syntax'],
    ['CREATE TABLE t(a INTEGER)', 'query-refused'],
    [`COPY (SELECT 1) TO '${filePath('stolen.csv')}'`, 'query-refused'],
    ['SELECT 1; SELECT 2', 'query-refused'],
    ['SELECT * FROM no_such_table', 'query-failed'],
  ];
  for (const [sql, code] of refused) {
    runner.test(`query rejects ${sql.slice(0, 20)} with ${code}`, async () => {
      const api = await pikaApi();
      await assert.rejects(api.query(sql), { code });
    });
  }
}

function addWorkspaceTests(runner: TestRunner): void {
  runner.test('a table handed over as Arrow is opened and plotted', async () => {
    const api = await pikaApi();
    const length = 1_000;
    const values = Float64Array.from({ length }, (_, index) => Math.sin(index));
    const uri = await api.plot(tableToIPC(tableFromArrays({ values }), 'stream'));
    await api.whenIdle(uri);
    const nodes = api.nodes(uri);
    assert.equal(nodeOfKind(nodes, 'source').rowCount, length);
    assert.equal(nodeOfKind(nodes, 'plot').plot?.countedRows, length);
  });

  runner.test('several files become several sources of one workspace', async () => {
    const { nodes } = await openAndWait(filePath('spectrum', 'simple.csv'), filePath('spectrum', 'simple_crlf.csv'));
    const sources = nodes.filter(({ kind }) => kind === 'source');
    assert.deepEqual(
      sources.map(({ rowCount }) => rowCount),
      [1, 1],
    );
  });

  runner.test('a folder of files of one kind becomes one source', async () => {
    const { nodes } = await openAndWait(filePath('months'));
    assert.equal(nodeOfKind(nodes, 'source').rowCount, 3);
  });

  runner.test('a folder of partitions becomes one source, whose workspace lies in it', async () => {
    const { uri, nodes } = await openAndWait(filePath('years'));
    assert.equal(nodeOfKind(nodes, 'source').rowCount, 4);
    assert.match(await documentText(uri), /"\*=\*\/\*\.csv"/);
  });

  runner.test('a workspace is text that holds no data', async () => {
    const { uri } = await openAndWait(filePath('datasets', 'seattle-weather.csv'));
    const text = await documentText(uri);
    assert.ok(text.length < 4_000);
    assert.equal((JSON.parse(text) as { version: number }).version, 1);
  });

  runner.test('the engine can be restarted, and the next query works', async () => {
    const api = await pikaApi();
    await commands.executeCommand('pika.restartEngine');
    const table = tableFromIPC(await api.query('SELECT 1::INTEGER AS one'));
    assert.equal(table.getChild('one')?.get(0), 1);
  });

  runner.test('nodes of a workspace that is not open are refused with node-missing', async () => {
    const api = await pikaApi();
    const { uri } = await openAndWait(filePath('spectrum', 'simple.csv'));
    assert.throws(() => api.nodes({ ...uri, toString: () => 'untitled:/nowhere.pika' }), { code: 'node-missing' });
  });
}
