import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { BAD_FILES, type BadFile } from '../badFiles.ts';
import type { TestRunner } from './runner.ts';
import { documentText, filePath, nodeOfKind, openAndWait, openWorkspace } from './workspaceFiles.ts';

/** Awkward files give rows or a message on the source node, and never harm the workspace's text. */
export function addBadFileTests(runner: TestRunner): void {
  for (const file of BAD_FILES) runner.test(`awkward file: ${file.name}`, () => check(file));
  runner.test('a workspace whose file is gone says so on the source', async () => {
    await writeFile(filePath('gone.csv'), 'a,b\n1,2\n');
    const { uri } = await openAndWait(filePath('gone.csv'));
    const path = filePath('gone.pika');
    await writeFile(path, await documentText(uri));
    await rm(filePath('gone.csv'));
    const { nodes } = await openWorkspace(path);
    const source = nodeOfKind(nodes, 'source');
    assert.equal(source.state, 'failed');
    assert.equal(source.error?.code, 'source-missing');
  });

  runner.test('a broken workspace is shown as it is and not overwritten', async () => {
    const path = filePath('broken.pika');
    const text = '{ "version": 1, "nodes": [';
    await writeFile(path, text);
    const { nodes } = await openWorkspace(path);
    assert.deepEqual(nodes, []);
    assert.equal(await readFile(path, 'utf8'), text);
  });
}

async function check({ name, expected }: Pick<BadFile, 'name' | 'expected'>): Promise<void> {
  const { uri, nodes } = await openAndWait(filePath('bad', name));
  const source = nodeOfKind(nodes, 'source');
  if ('rows' in expected) {
    assert.equal(source.error, null);
    assert.equal(source.rowCount, expected.rows);
    assert.equal(nodeOfKind(nodes, 'table').state, 'done');
  } else {
    assert.equal(source.state, 'failed');
    assert.ok(source.error !== null && expected.codes.includes(source.error.code), JSON.stringify(source.error));
    assert.ok(source.error.message.length > 0);
  }
  JSON.parse(await documentText(uri));
}
