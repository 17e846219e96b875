import { makeData, makeVector, Table, tableToIPC, Utf8, type Vector } from 'apache-arrow';
import type { ColumnInfo } from '#common/protocol/engineContract';

/** A table whose every cell can be worked out from its place. */
export interface SampleTable {
  readonly columns: readonly ColumnInfo[];
  readonly rowCount: number;
  cell(row: number, column: number): string | null;
}

/** The part of a table that is asked for. */
export interface SampleWindow {
  readonly rowOffset: number;
  readonly rowCount: number;
  readonly columnOffset: number;
  readonly columnCount: number;
}

const DAY_MS = 86_400_000;
const WIDE_COLUMNS = 10_000;

/** Nine columns of flights, three million rows. */
export const FLIGHTS: SampleTable = {
  columns: [
    { name: 'FL_DATE', type: 'DATE' },
    { name: 'DEP_DELAY', type: 'SMALLINT' },
    { name: 'ARR_DELAY', type: 'SMALLINT' },
    { name: 'mph', type: 'DOUBLE' },
    { name: 'ORIGIN', type: 'VARCHAR' },
    { name: 'a column with a long name, spaces and "quotes"', type: 'VARCHAR' },
    { name: 'route', type: 'STRUCT("from" VARCHAR, "to" VARCHAR)' },
    { name: 'DISTANCE', type: 'DECIMAL(9,2)' },
    { name: 'cancelled', type: 'BOOLEAN' },
  ],
  rowCount: 3_000_000,
  cell: flightCell,
};

/** Ten thousand columns of numbers, a billion rows. */
export const WIDE: SampleTable = {
  columns: Array.from({ length: WIDE_COLUMNS }, (_, index) => ({ name: `sensor_${index}`, type: 'DOUBLE' })),
  rowCount: 1_000_000_000,
  cell: (row, column) => ((row * 31 + column * 7) / 8).toFixed(3),
};

/** A few rows only, with every kind of emptiness. */
export const SMALL: SampleTable = {
  columns: [
    { name: 'text', type: 'VARCHAR' },
    { name: 'number', type: 'INTEGER' },
  ],
  rowCount: 3,
  cell: (row, column) =>
    [
      ['', '1'],
      [null, null],
      ['  two  spaces ', '-3'],
    ][row]?.[column] ?? null,
};

/** An Arrow IPC stream of some cells, as the extension would send it. */
export function pageOf(table: SampleTable, window: SampleWindow): { ipc: Uint8Array; rowCount: number } {
  const rowCount = Math.max(0, Math.min(window.rowCount, table.rowCount - window.rowOffset));
  const columns = table.columns.slice(window.columnOffset, window.columnOffset + window.columnCount);
  const vectors = columns.map((_, column) => {
    const cell = (row: number) => table.cell(window.rowOffset + row, window.columnOffset + column);
    return [`c${column}`, textVector(Array.from({ length: rowCount }, (__, row) => cell(row)))] as const;
  });
  return { ipc: tableToIPC(new Table(Object.fromEntries(vectors)), 'stream'), rowCount };
}

/** A text column made by hand: Arrow's own builders evaluate strings, which the page's policy forbids. */
function textVector(texts: readonly (string | null)[]): Vector<Utf8> {
  const encoded = texts.map((text) => new TextEncoder().encode(text ?? ''));
  const valueOffsets = new Int32Array(texts.length + 1);
  encoded.forEach(({ length }, index) => (valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + length));
  const data = new Uint8Array(valueOffsets.at(-1) ?? 0);
  encoded.forEach((bytes, index) => data.set(bytes, valueOffsets[index]));
  const nullBitmap = new Uint8Array(Math.ceil(texts.length / 8));
  texts.forEach((text, index) => {
    if (text !== null) nullBitmap[index >> 3] = (nullBitmap[index >> 3] ?? 0) | (1 << (index & 7));
  });
  const nullCount = texts.filter((text) => text === null).length;
  return makeVector(makeData({ type: new Utf8(), length: texts.length, nullCount, nullBitmap, valueOffsets, data }));
}

function flightCell(row: number, column: number): string | null {
  const delay = ((row * 7919) % 240) - 60;
  switch (column) {
    case 0:
      return new Date(Date.UTC(2001, 0, 1) + (row % 365) * DAY_MS).toISOString().slice(0, 10);
    case 1:
      return row % 10 === 3 ? null : String(delay);
    case 2:
      return row % 17 === 5 ? null : String(delay + (row % 11) - 5);
    case 3:
      return (380 + ((row * 104729) % 9000) / 100).toFixed(4);
    case 4:
      return ['ATL', 'ORD', '', 'DFW'][row % 4] ?? null;
    case 5:
      return row % 3 === 0 ? 'some text that is rather too long for the width of its column, and goes on' : 'short';
    case 6:
      return `{'from': ATL, 'to': LAX}`;
    case 7:
      return (200 + (row % 2400) + 0.25).toFixed(2);
    default:
      return row % 29 === 0 ? 'true' : 'false';
  }
}
