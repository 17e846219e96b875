import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { commands } from 'vscode';
import { addApiTests } from './apiTests.ts';
import { addBadFileTests } from './badFileTests.ts';
import { addDatasetTests } from './datasetTests.ts';
import { TestRunner } from './runner.ts';
import { addUndoTests } from './undoTests.ts';
import { revertAll } from './workspaceFiles.ts';

/** What VS Code calls: runs every test and writes the results where the caller reads them. */
export async function run(): Promise<void> {
  const runner = new TestRunner();
  addApiTests(runner);
  addUndoTests(runner);
  addBadFileTests(runner);
  await addDatasetTests(runner);
  const results = await runner.run(process.env['PIKA_TEST_FILTER'] ?? '', revertAll);
  await commands.executeCommand('workbench.action.closeAllEditors');
  const file = process.env['PIKA_TEST_RESULTS'];
  if (file === undefined) throw new Error('PIKA_TEST_RESULTS names no file');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(results, null, 2));
  if (results.some(({ error }) => error !== null)) throw new Error('some tests failed');
}
