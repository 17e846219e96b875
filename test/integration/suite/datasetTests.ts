import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { ApiNode } from '#common/protocol/api';
import { arrowRowCount, readerOf, ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { plotInText } from '../../support/documentText.ts';
import type { TestRunner } from './runner.ts';
import { documentText, filePath, nodeOfKind, openAndWait } from './workspaceFiles.ts';

/** Holds nothing but lists. */
const WITHOUT_PLOT = new Set(['miserables.json']);

/** Every data file of the sample collection opens, with DuckDB's own row count and a plot that counts every drawable row. */
export async function addDatasetTests(runner: TestRunner): Promise<void> {
  const reference = await ReferenceDuckdb.open();
  for (const name of await readdir(filePath('datasets'))) {
    runner.test(`data file: ${name}`, () => check(reference, filePath('datasets', name)));
  }
}

async function check(reference: ReferenceDuckdb, path: string): Promise<void> {
  const isArrow = extname(path) === '.arrow';
  const expectedRows = isArrow
    ? await arrowRowCount(path)
    : await reference.number(`SELECT count(*) FROM ${readerOf(path)}`);
  const { uri, nodes } = await openAndWait(path);
  const source = nodeOfKind(nodes, 'source');
  assert.equal(source.error, null, JSON.stringify(source.error));
  assert.equal(source.rowCount, expectedRows);
  assert.equal(nodeOfKind(nodes, 'table').state, 'done');
  const plot = nodeOfKind(nodes, 'plot');
  if (WITHOUT_PLOT.has(basename(path))) assert.equal(plot.error?.code, 'plot-impossible', JSON.stringify(plot.error));
  else if (isArrow) assert.ok((plot.plot?.countedRows ?? 0) > 0);
  else await checkPlot(reference, path, plot, await documentText(uri));
}

async function checkPlot(reference: ReferenceDuckdb, path: string, plot: ApiNode, text: string): Promise<void> {
  assert.equal(plot.state, 'done');
  const { mark, fields } = plotInText(text);
  assert.ok(fields.length > 0, 'the plot has no fields');
  const drawable = await reference.drawableCount(path, fields);
  const counted = plot.plot?.countedRows ?? 0;
  const isThinned = plot.plot?.fidelity === 'sampled' || (mark === 'line' && plot.plot?.fidelity === 'aggregated');
  if (isThinned) assert.ok(counted > 0 && counted <= drawable);
  else assert.equal(counted, drawable);
}
