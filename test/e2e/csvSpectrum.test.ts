import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fromRepository } from '../../extension/build/paths.ts';
import { PikaWindow } from '../support/pikaWindow.ts';
import { shownCells, shownColumns } from '../support/tableCells.ts';

const SPECTRUM = fromRepository('node_modules', 'csv-spectrum');
const names = (await readdir(join(SPECTRUM, 'csvs'))).map((file) => file.replace(/\.csv$/, ''));

describe('awkward CSV files', () => {
  let window: PikaWindow;

  beforeAll(async () => {
    const files = await Promise.all(
      names.map(async (name) => [`${name}.csv`, await readFile(join(SPECTRUM, 'csvs', `${name}.csv`))] as const),
    );
    window = await PikaWindow.open({ files: Object.fromEntries(files) });
  });
  afterAll(() => window.close());
  afterEach(() => window.discard());

  it.each(names)('%s.csv has the values that everyone agrees on', async (name) => {
    const expected = JSON.parse(await readFile(join(SPECTRUM, 'json', `${name}.json`), 'utf8')) as Record<
      string,
      string
    >[];
    await window.workbench.chooseInExplorer(`${name}.csv`, 'Open in Pika');
    const table = await window.done('table');
    const cells = await shownCells(table);
    const columns = await shownColumns(table);
    const rows: Record<string, string>[] = [];
    for (const { row, column, text } of cells) (rows[row] ??= {})[columns[column] ?? ''] = text ?? '';
    expect(rows).toEqual(expected);
  });
});
