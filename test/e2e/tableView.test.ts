import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { readerOf, ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { shownCells } from '../support/tableCells.ts';
import { activateTable, columnHead, expectRows, tableCell } from '../support/tableNode.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const FILE = 'trips.csv';
const VALUES = 'values.parquet';
const ROW_COUNT = 420;
const CITIES = ['Berlin', 'Oslo', 'Rome', 'São Paulo'];

/** Values that are easily shown wrong, and columns that are odd. */
const VALUE_COLUMNS = [
  '9007199254740993 + range AS big',
  "'12345678901234567890.0123456789'::DECIMAL(38, 10) + range::DECIMAL(10, 0) AS price",
  "{'from': 'ATL', 'stops': [9007199254740993]} AS trip",
  String.raw`'\x00\xFFab'::BLOB AS bytes`,
  "TIMESTAMPTZ '2024-01-31 12:00:00+02' AS at",
  "CASE range % 5 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'note ' || range END AS note",
  '7 AS same',
  "CASE WHEN range % 10 = 0 THEN 'n/a' ELSE range::VARCHAR END AS mixed",
  'CASE WHEN range = 17 THEN 1e6 ELSE range END AS reading',
];

/** A filter as its menu is filled in, and the same condition in SQL. */
const FILTERS: readonly {
  readonly column: string;
  readonly condition: string;
  readonly values?: readonly string[];
  readonly where: string;
}[] = [
  { column: 'fare', condition: 'at least', values: ['25.5'], where: 'fare >= 25.5' },
  { column: 'fare', condition: 'between', values: ['10', '20.5'], where: 'fare BETWEEN 10 AND 20.5' },
  { column: 'fare', condition: 'is null', where: 'fare IS NULL' },
  { column: 'day', condition: 'less than', values: ['2024-01-05'], where: "day < DATE '2024-01-05'" },
  { column: 'city', condition: 'starts with', values: ['são'], where: "city ILIKE 'são%'" },
  {
    column: 'city',
    condition: 'matches regular expression',
    values: ['^(O|R)'],
    where: "city LIKE 'O%' OR city LIKE 'R%'",
  },
];

describe('a table that is sorted and filtered', () => {
  let duckdb: ReferenceDuckdb;
  beforeAll(async () => {
    duckdb = await ReferenceDuckdb.open();
    await duckdb.run("SET TimeZone = 'UTC'");
  });
  const pika = usePikaWindow(async () => {
    const values = await duckdb.parquet(`SELECT ${VALUE_COLUMNS.join(', ')} FROM range(300)`);
    return { files: { [FILE]: tripsCsv(), [VALUES]: values } };
  });

  async function open(file: string): Promise<{ table: Locator; from: string }> {
    await pika().openInPika(file);
    const table = await pika().done('table');
    await activateTable(table);
    return { table, from: `FROM ${readerOf(join(pika().folder, file))}` };
  }

  it('shows, copies and keeps what DuckDB answers', async () => {
    const window = pika();
    const { workbench } = window;
    await window.openInPika(FILE);
    const rows = `FROM ${readerOf(join(window.folder, FILE))} WHERE city IN ('Oslo', 'Rome')`;
    const expected = await duckdb.texts(`SELECT * ${rows} ORDER BY fare DESC NULLS LAST, id`);
    const table = await window.done('table');
    await activateTable(table);

    await columnHead(table, 'city').locator('.more').click();
    const menu = workbench.canvas().getByRole('dialog');
    await menu.getByLabel('Oslo').check();
    await menu.getByLabel('Rome').check();
    await menu.getByRole('button', { name: 'Apply Filter' }).click();
    await columnHead(table, 'fare').locator('.name').click();
    await columnHead(table, 'fare').locator('.name').click();
    await columnHead(table, 'id')
      .locator('.name')
      .click({ modifiers: ['Shift'] });
    expect(await columnHead(table, 'fare').getAttribute('aria-sort')).toBe('descending');
    await expectRows(table, expected);
    await table.getByText(`${expected.length} of ${ROW_COUNT} rows`).waitFor();

    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await tableCell(table, 0, 1).click();
    await workbench.page.keyboard.press('Shift+ArrowDown');
    await workbench.page.keyboard.press('Shift+ArrowRight');
    await workbench.page.keyboard.press('Control+C');
    await table.getByText('copied 4 cells').waitFor();
    const copied = expected.slice(0, 2).map((row) => row.slice(1, 3).map((text) => text ?? ''));
    const clipboard = await workbench.page.evaluate(() => navigator.clipboard.readText());
    expect(clipboard).toBe(copied.map((row) => row.join('\t')).join('\n'));

    await columnHead(table, 'city').click({ button: 'right' });
    await workbench.canvas().getByRole('button', { name: 'Hide Column' }).click();
    await table.getByRole('button', { name: 'Export View…' }).click();
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'separated by commas' })
      .first()
      .click();
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'With a header line' })
      .first()
      .click();
    await workbench.answerSaveDialog('shown.csv');
    await workbench.notification(`Exported ${expected.length} rows of trips_table to shown.csv`);
    const shown = expected.map(([id, , fare, day]) => `${id},${fare ?? ''},${day}`);
    expect(await readFile(join(window.folder, 'shown.csv'), 'utf8')).toBe(['id,fare,day', ...shown, ''].join('\n'));
    await table.getByRole('button', { name: '1 hidden' }).click();

    await table.getByRole('button', { name: 'Keep as Query Node' }).click();
    const query = await window.done('query');
    expect(Number(await query.getAttribute('data-rows'))).toBe(expected.length);
    await workbench.nodeReaches(table, 'done');
    await expectRows(table, expected);
  });

  it('tells the nulls and the values of a column', async () => {
    const window = pika();
    await window.openInPika(FILE);
    const table = await window.done('table');
    const from = `FROM ${readerOf(join(window.folder, FILE))}`;
    const share = await duckdb.number(`SELECT 100 * avg((fare IS NULL)::INT) ${from}`);
    await columnHead(table, 'fare')
      .getByText(`${share.toFixed(share < 10 ? 1 : 0)} % null`)
      .waitFor();
    await columnHead(table, 'fare').locator('svg rect.bar').first().waitFor();
    await activateTable(table);
    await columnHead(table, 'city').locator('.more').click();
    const values = window.workbench.canvas().getByRole('dialog').locator('label.value');
    await values.first().waitFor();
    const listed = await values.locator('.count').allTextContents();
    const counted = await duckdb.rows(`SELECT city, count(*)::INT AS n ${from} GROUP BY ALL ORDER BY n DESC, city`);
    expect(listed.map(Number)).toEqual(counted.map((row) => row['n']));
  });

  it('filters by comparison, range, null, text and pattern as DuckDB does, and finds values by search', async () => {
    const { table, from } = await open(FILE);
    const menu = pika().workbench.canvas().getByRole('dialog');
    const fillIn = async (column: string, condition: string, values: readonly string[]) => {
      await columnHead(table, column).locator('.more').click();
      await menu.getByLabel('Condition').selectOption({ label: condition });
      for (const [index, value] of values.entries()) {
        await menu.getByLabel(index === 0 ? 'Value' : 'Upper value', { exact: true }).fill(value);
      }
      await menu.getByRole('button', { name: 'Apply Filter' }).click();
    };
    for (const { column, condition, values = [], where } of FILTERS) {
      await fillIn(column, condition, values);
      const expected = await duckdb.texts(`SELECT * ${from} WHERE ${where} ORDER BY id`);
      expect(expected.length).toBeGreaterThan(0);
      await table.getByText(`${expected.length} of ${ROW_COUNT} rows`).waitFor();
      await expectRows(table, expected);
      await table.getByRole('button', { name: 'Clear', exact: true }).click();
    }
    await columnHead(table, 'city').locator('.more').click();
    await menu.getByLabel('Search values').fill('RO');
    await expect.poll(() => menu.locator('label.value .text').allTextContents()).toEqual(['Rome']);
    const rome = await duckdb.number(`SELECT count(*) ${from} WHERE city = 'Rome'`);
    expect(await menu.locator('label.value .count').textContent()).toBe(String(rome));
    await pika().workbench.page.keyboard.press('Escape');
    await fillIn('city', 'matches regular expression', ['(']);
    await menu.getByRole('alert').getByText('no regular expression').waitFor();
  });

  it('copies a range in every format', async () => {
    const { page } = pika().workbench;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const { table, from } = await open(FILE);
    const expectCopied = async (columns: readonly [number, number], format: string, expected: string) => {
      await tableCell(table, 0, columns[0]).click();
      await tableCell(table, 2, columns[1]).click({ modifiers: ['Shift'] });
      await table.getByLabel('Copy the selection as').selectOption({ label: format });
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(expected);
    };
    await expectCopied([0, 2], 'Tabs with headers', 'id\tcity\tfare\n0\tBerlin\t\n1\tOslo\t37.5\n2\tBerlin\t24.5');
    await expectCopied([0, 2], 'CSV', 'id,city,fare\n0,Berlin,\n1,Oslo,37.5\n2,Berlin,24.5');
    const markdown = ['| id | city | fare |', '| ---: | --- | ---: |', '| 0 | Berlin |  |'];
    await expectCopied([0, 2], 'Markdown', [...markdown, '| 1 | Oslo | 37.5 |', '| 2 | Berlin | 24.5 |'].join('\n'));
    const objects = [
      '0, "city": "Berlin", "fare": null',
      '1, "city": "Oslo", "fare": 37.5',
      '2, "city": "Berlin", "fare": 24.5',
    ];
    await expectCopied([0, 2], 'JSON', `[\n${objects.map((each) => `  { "id": ${each} }`).join(',\n')}\n]`);
    const inList = "('Berlin', 'Oslo')";
    await expectCopied([1, 1], 'SQL IN list', inList);
    expect(await duckdb.number(`SELECT count(DISTINCT city) ${from} WHERE city IN ${inList}`)).toBe(2);
  });

  it('filters by a brush over the profile of a column', async () => {
    const { page } = pika().workbench;
    const { table, from } = await open(FILE);
    const bars = columnHead(table, 'fare').locator('svg.bars');
    await bars.locator('rect.bar').first().waitFor();
    const { x, y, width, height } = await boxOf(bars);
    await page.mouse.move(x + 0.2 * width, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + 0.4 * width, y + height / 2, { steps: 4 });
    await page.mouse.move(x + 0.6 * width, y + height / 2, { steps: 4 });
    await page.mouse.up();
    const chip = table.locator('.view-chip .text');
    const [, low = '', high = ''] = /^fare (\S+) … (\S+)$/.exec((await chip.textContent()) ?? '') ?? [];
    const expected = await duckdb.texts(`SELECT * ${from} WHERE fare BETWEEN ${low} AND ${high} ORDER BY id`);
    expect(expected.length).toBeGreaterThan(20);
    await table.getByText(`${expected.length} of ${ROW_COUNT} rows`).waitFor();
    await expectRows(table, expected);
  });

  it('shows exact values of every type in its cells and in full', async () => {
    const { page } = pika().workbench;
    const { table, from } = await open(VALUES);
    const expected = await duckdb.texts(`SELECT * ${from}`);
    await expectRows(table, expected);
    const viewed = async (column: string, row: number) => {
      await goToColumn(table, column);
      const index = Number(await columnHead(table, column).getAttribute('aria-colindex')) - 1;
      await tableCell(table, row, index).click();
      await page.keyboard.press('Enter');
      const viewer = table.locator('.viewer');
      await viewer.waitFor();
      await expect.poll(() => viewer.innerText()).not.toBe('');
      const text = await viewer.innerText();
      await page.keyboard.press('Escape');
      await viewer.waitFor({ state: 'detached' });
      return text;
    };
    expect(await viewed('big', 0)).toContain('9007199254740993');
    expect(await viewed('price', 1)).toContain('12345678901234567891.0123456789');
    expect(await viewed('trip', 0)).toContain('9007199254740993');
    expect(await viewed('bytes', 0)).toMatch(/4 bytes[\s\S]*000000 {2}00 ff 61 62 +\.\.ab/);
    expect(await viewed('at', 0)).toMatch(/time zone UTC[\s\S]*2024-01-31 10:00:00\+00/);
    expect(await viewed('note', 0)).toContain('no value');
    expect(await viewed('note', 1)).toContain('empty text');
    const notes = (await shownCells(table)).filter(({ row, text }) => row < 2 && (text === null || text === ''));
    expect(notes.map(({ row, text }) => [row, text])).toEqual([
      [0, null],
      [1, ''],
    ]);
  });

  it('goes to rows and columns, keeps pinned ones in sight, and says what is odd about a column', async () => {
    const { page } = pika().workbench;
    const { table } = await open(VALUES);
    await pika().workbench.canvas().getByRole('button', { name: 'Show Details' }).click();
    await tableCell(table, 0, 0).click();
    await page.keyboard.press('Alt+P');
    await page.keyboard.press('Control+G');
    await table.getByLabel('Go to row').fill('300');
    await page.keyboard.press('Enter');
    await table.locator('.body .cell.cursor', { hasText: String(9007199254740993n + 299n) }).waitFor();
    expect(await table.locator('.pins [role="row"]').getAttribute('aria-rowindex')).toBe('2');

    await columnHead(table, 'price').locator('.more').click();
    await pika().workbench.canvas().getByRole('button', { name: 'Pin to the Left' }).click();
    await goToColumn(table, 'reading');
    const numbers = await boxOf(table.locator('.corner'));
    expect((await boxOf(columnHead(table, 'price'))).x).toBeCloseTo(numbers.x + numbers.width, -1);
    expect(await columnHead(table, 'price').getAttribute('aria-colindex')).toBe('1');

    const hints = pika().workbench.canvas().getByLabel('Column profile').locator('.hints li');
    const expectHints = async (column: string, expected: readonly string[]) => {
      await goToColumn(table, column);
      await columnHead(table, column).locator('.type').click();
      await expect.poll(() => hints.allTextContents()).toEqual(expected);
    };
    await expectHints('reading', ['All values are distinct.', '1 outlier beyond 1.5 quartile distances.']);
    await expectHints('mixed', ['Nearly distinct: 29 duplicates.', 'Mixed: 270 texts are numbers, 30 are not.']);
    await expectHints('same', ['Constant: every value is 7.']);
    await expectHints('big', ['All values are distinct.']);
  });
});

/** Fares repeat and some are missing, so that the order of ties and of nulls shows. */
function tripsCsv(): string {
  const lines = Array.from({ length: ROW_COUNT }, (_, id) => {
    const fare = id % 7 === 0 ? '' : String(((id * 37) % 50) + 0.5);
    const day = `2024-01-${String(1 + (id % 28)).padStart(2, '0')}`;
    return `${id},${CITIES[((id * id) % 13) % CITIES.length] ?? ''},${fare},${day}`;
  });
  return ['id,city,fare,day', ...lines, ''].join('\n');
}

/** Finds a column by its name, which brings it into view. */
async function goToColumn(table: Locator, name: string): Promise<void> {
  await table.getByRole('grid').focus();
  await table.page().keyboard.press('Control+F');
  await table.getByLabel('Find column').fill(name);
  await table.page().keyboard.press('Enter');
  await columnHead(table, name).waitFor();
}

async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (!box) throw new Error('not on screen');
  return box;
}
