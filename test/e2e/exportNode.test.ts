import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { countColours } from '../support/pixels.ts';
import { readerOf, ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';
import type { SavePlace } from '../support/workbench.ts';

const OLD = 'what was there';
const SOURCE = 'n,m\n1,10\n2,\n';
/** A plot so far from its source that no window shows both legibly. */
const APART = {
  version: 1,
  nodes: [
    { id: 'numbers', kind: 'source', files: ['numbers.csv'] },
    { id: 'away', kind: 'plot', data: 'numbers', spec: { mark: 'point', x: { field: 'n' }, y: { field: 'n' } } },
  ],
  layout: {
    numbers: { x: 0, y: 0, width: 240, height: 180 },
    away: { x: 60_000, y: 40_000, width: 440, height: 320 },
  },
};

describe('exporting a node', () => {
  const pika = usePikaWindow(() => ({
    files: { 'numbers.csv': SOURCE, 'old.csv': OLD, 'apart.pika': JSON.stringify(APART) },
  }));

  async function chooseRow(text: string): Promise<void> {
    await pika().workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  }

  async function exportTo(name: string, place?: SavePlace): Promise<void> {
    await chooseRow('separated by commas');
    await chooseRow('With a header line');
    await pika().workbench.answerSaveDialog(name, place);
  }

  async function exportFromMenu(name: string, place?: SavePlace): Promise<void> {
    const { workbench } = pika();
    const table = workbench.node({ kind: 'table' });
    await table.hover();
    await table.getByRole('button', { name: /^Actions for/ }).click();
    await workbench.canvas().getByRole('menuitem', { name: 'Export…' }).click();
    await exportTo(name, place);
  }

  async function replaceFromMenu(name: string): Promise<void> {
    const { workbench } = pika();
    await exportFromMenu(name);
    await workbench.page.getByText('already exists').first().waitFor();
    await workbench.page.keyboard.press('Enter');
  }

  it('replaces a file from the menu of a table, and refuses to replace its source', async () => {
    const { workbench, folder } = pika();
    await pika().openInPika('numbers.csv');
    await replaceFromMenu('old.csv');
    await workbench.notification('Exported 2 rows of numbers_table to old.csv');
    expect(await readFile(join(folder, 'old.csv'), 'utf8')).toBe(SOURCE);
    await replaceFromMenu('numbers.csv');
    await workbench.notification('numbers.csv is read by this workspace');
    expect(await readFile(join(folder, 'numbers.csv'), 'utf8')).toBe(SOURCE);
  });

  const files = [
    { format: 'compressed columns', steps: ['Zstandard', 'default'], name: 'rows.parquet' },
    { format: 'one array of objects', steps: ['Plain text'], name: 'rows.json' },
    { format: 'one object a line', steps: ['Compressed with gzip'], name: 'rows.jsonl.gz' },
  ];
  it('writes files that DuckDB alone reads back whole', async () => {
    const { workbench, folder } = pika();
    const duckdb = await ReferenceDuckdb.open();
    await pika().openInPika('numbers.csv');
    const choose = async (...rows: readonly string[]) => {
      await workbench.runCommand('Pika: Export Node');
      for (const row of ['numbers_table', ...rows]) await chooseRow(row);
    };
    for (const { format, steps, name } of files) {
      await choose(format, ...steps);
      await workbench.answerSaveDialog(name);
      await workbench.notification(`Exported 2 rows of numbers_table to ${name}`);
      const rows = await duckdb.texts(`SELECT * FROM ${readerOf(join(folder, name))} ORDER BY n`);
      expect([name, ...rows]).toEqual([name, ['1', '10'], ['2', null]]);
    }
  });

  it('offers first what the settings say', async () => {
    const { workbench, folder } = pika();
    const duckdb = await ReferenceDuckdb.open();
    await pika().openInPika('numbers.csv');
    await mkdir(join(folder, '.vscode'));
    const settings = { format: 'parquet', parquetCodec: 'brotli', rowGroupRows: 7000 };
    const entries = Object.entries(settings).map(([name, value]) => [`pika.export.${name}`, value]);
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(Object.fromEntries(entries)));
    const firstRow = () => workbench.page.locator('.quick-input-list .monaco-list-row').first();
    await workbench.until(async () => {
      await workbench.page.keyboard.press('Escape');
      await workbench.runCommand('Pika: Export Node');
      await chooseRow('numbers_table');
      await workbench.page.getByPlaceholder('Export all rows as…').waitFor();
      return ((await firstRow().textContent()) ?? '').includes('Parquet');
    });
    for (const first of ['Parquet', 'Brotli', '7,000 rows']) {
      await firstRow().filter({ hasText: first }).waitFor();
      await workbench.page.keyboard.press('Enter');
    }
    await workbench.answerSaveDialog('first.parquet');
    await workbench.notification('Exported 2 rows of numbers_table to first.parquet');
    const [facts] = await duckdb.texts(`SELECT compression FROM parquet_metadata('${join(folder, 'first.parquet')}')`);
    expect(facts).toEqual(['BROTLI']);
  });

  it('says that a folder is read-only, leaves nothing anywhere, and goes on', async () => {
    const { workbench, folder, storage } = pika();
    const place = await readOnlyFolder(folder);
    const filesThere = await readdir(place.folder);
    await pika().openInPika('numbers.csv');
    await exportFromMenu('numbers.csv', place);
    const refusal = await workbench.notification(/read-only|could not be written there/);
    expect(await refusal.textContent()).toContain('Choose another folder.');
    expect(await readdir(place.folder)).toEqual(filesThere);
    const unfinished = (await readdir(storage, { recursive: true })).filter((path) => path.includes('.pika-export-'));
    expect(unfinished).toEqual([]);
    await exportFromMenu('after.csv');
    await workbench.notification('Exported 2 rows of numbers_table to after.csv');
    expect(await readFile(join(folder, 'after.csv'), 'utf8')).toBe(SOURCE);
  });

  it('draws a plot into a file, as pixels and as vectors, and copies it as Vega-Lite and as an image', async () => {
    const { workbench, folder } = pika();
    await pika().openInPika('numbers.csv');
    await pika().done('plot');
    const draw = async (format: string, steps: readonly string[], name: string) => {
      await workbench.runCommand('Pika: Export Plot');
      for (const step of ['numbers_plot', format, ...steps, 'Light, on white']) await chooseRow(step);
      await workbench.answerSaveDialog(name);
      await workbench.notification(`Exported numbers_plot to ${name}`);
      return readFile(join(folder, name));
    };
    const { width, height } = PNG.sync.read(await draw('an image of pixels', ['640 × 400', '2 ×'], 'plot.png'));
    expect([width, height]).toEqual([1280, 800]);
    const svg = (await draw('vectors', ['640 × 400'], 'plot.svg')).toString('utf8');
    expect(svg).toMatch(/^<svg [^>]*width="640"/);
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const choose = async (item: string) => {
      const plot = workbench.node({ kind: 'plot' });
      await plot.hover();
      await plot.getByRole('button', { name: /^Actions for/ }).click();
      await workbench.canvas().getByRole('menuitem', { name: item }).click();
    };
    await choose('Copy as Vega-Lite');
    await workbench.page.getByText('The Vega-Lite spec of numbers_plot').waitFor();
    const copied = await workbench.page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(copied)).toMatchObject({ data: { url: 'numbers.csv' }, encoding: { x: { field: 'n' } } });
    await choose('Copy as Image');
    await workbench.page.getByText('An image of numbers_plot is on the clipboard').waitFor();
    const image = await workbench.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const blob = await item?.getType('image/png');
      return blob ? [...new Uint8Array(await blob.arrayBuffer())] : [];
    });
    const pasted = PNG.sync.read(Buffer.from(image));
    expect([pasted.width % 2, pasted.width > 400, countColours(pasted) > 20]).toEqual([0, true, true]);
  });

  it('draws a plot whose card is out of view', async () => {
    const { workbench, folder } = pika();
    await workbench.openFile('apart.pika');
    const source = workbench.node({ id: 'numbers' });
    await workbench.nodeReaches(source, 'done');
    await workbench.runCommand('Pika: Go to Node');
    await chooseRow('numbers');
    const windowWidth = workbench.page.viewportSize()?.width ?? 0;
    await workbench.until(async () => {
      const boxes = await workbench
        .node({ id: 'away' })
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().left));
      return boxes.every((left) => left > windowWidth);
    });
    await workbench.runCommand('Pika: Export Plot');
    for (const step of ['away', 'vectors', '440 × 320', 'Light, on white']) await chooseRow(step);
    await workbench.answerSaveDialog('away.svg');
    await workbench.notification('Exported away to away.svg');
    const svg = await readFile(join(folder, 'away.svg'), 'utf8');
    // Two rows are two discs.
    expect(svg.match(/<circle /g)).toHaveLength(2);
  });

  it('leaves no file when it is cancelled', async () => {
    const { workbench, folder } = pika();
    await pika().openInPika('numbers.csv');
    const before = await readdir(folder);
    await pika().runQuery('SELECT range AS n, md5(range::VARCHAR) AS text FROM range(200000000)');
    await pika().done('query');
    await workbench.runCommand('Pika: Export Node');
    await chooseRow('query');
    await exportTo('long.csv');
    const isWriting = async () => (await readdir(folder)).some((name) => name.startsWith('.pika-export-'));
    await workbench.until(isWriting);
    const progress = await workbench.notification('Exporting query to long.csv');
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await workbench.until(async () => !(await isWriting()));
    expect((await readdir(folder)).sort()).toEqual(before.sort());
  });
});

/** A folder without the right to write in it or, since root has every right, one in which the system refuses root as well. */
async function readOnlyFolder(parent: string): Promise<SavePlace> {
  if (process.getuid?.() === 0) return { folder: '/sys', listed: 'kernel' };
  const folder = join(parent, 'protected');
  await mkdir(join(folder, 'inside'), { recursive: true });
  await chmod(folder, 0o555);
  onTestFinished(() => chmod(folder, 0o755));
  return { folder, listed: 'inside' };
}
