import type { ColumnInfo, RowPlaces } from '#common/protocol/engineContract';
import { quoteIdentifier } from './quote.ts';

/** More pieces than this are not worth asking for one by one. */
const MAX_PIECES = 4;
const FILE = quoteIdentifier('row file');
const NUMBER = quoteIdentifier('row number');

/** Rows that follow each other in one file (or in the table, which counts as one); `end` is exclusive. */
interface Piece {
  readonly file: number;
  readonly start: number;
  readonly end: number;
}

/** Where a row stands: the values of `placeColumns`. */
export type RowPlace = readonly number[];

/** The columns that tell where a row stands, as a SELECT list's items and under the names that the items get. */
export function placeColumns(places: RowPlaces): {
  readonly items: readonly string[];
  readonly names: readonly string[];
} {
  return places.kind === 'rowid'
    ? { items: ['rowid'], names: [NUMBER] }
    : { items: ['file_index', 'file_row_number'], names: [FILE, NUMBER] };
}

/** The condition that holds for exactly the rows of a window of a table whose `rowid` counts them. */
export function tableWindowCondition(window: { readonly rowOffset: number; readonly rowCount: number }): string {
  return numberCondition({ file: 0, start: window.rowOffset, end: window.rowOffset + window.rowCount });
}

/**
 * The conditions that together hold for exactly the rows of a window of files, one for each file that it touches and in their
 * order; null where it touches too many files for that to be quick.
 */
export function windowConditions(
  places: Extract<RowPlaces, { kind: 'parquet' }>,
  window: { readonly rowOffset: number; readonly rowCount: number },
): readonly string[] | null {
  const end = window.rowOffset + window.rowCount;
  const pieces = piecesOf(places.fileRows, window.rowOffset, end);
  if (pieces.length > MAX_PIECES) return null;
  return pieces.map((piece) => `${FILE} = ${piece.file} AND ${numberCondition(piece)}`);
}

/** A condition that holds for exactly the rows at some places, each given as the values of `placeColumns`. */
export function listedCondition(places: RowPlaces, rows: readonly RowPlace[]): string {
  if (rows.length === 0) return 'false';
  if (places.kind === 'rowid') return `${NUMBER} IN (${rows.map(([number]) => number).join(', ')})`;
  const numbersOf = new Map<number, number[]>();
  for (const [file = 0, number = 0] of rows) {
    const numbers = numbersOf.get(file);
    if (numbers) numbers.push(number);
    else numbersOf.set(file, [number]);
  }
  return [...numbersOf]
    .map(([file, numbers]) => `(${FILE} = ${file} AND ${NUMBER} IN (${numbers.join(', ')}))`)
    .join(' OR ');
}

/** The same for rows whose places stand in a kept order, `window` being a part of it. */
export function orderedCondition(
  places: RowPlaces,
  table: string,
  window: { readonly rowOffset: number; readonly rowCount: number },
): string {
  const { names } = placeColumns(places);
  const tuple = names.length > 1 ? `(${names.join(', ')})` : NUMBER;
  const range = `rowid >= ${window.rowOffset} AND rowid < ${window.rowOffset + window.rowCount}`;
  return `${tuple} IN (SELECT ${tuple} FROM ${table} WHERE ${range})`;
}

/** Whether a relation with these columns still has the names that `placeColumns` asks for: a column of a file hides them. */
export function hasPlaceNames(places: RowPlaces, columns: readonly ColumnInfo[]): boolean {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  return !placeColumns(places).items.some((item) => taken.has(item));
}

function numberCondition({ start, end }: Piece): string {
  return `${NUMBER} >= ${start} AND ${NUMBER} < ${end}`;
}

function piecesOf(fileRows: readonly number[], start: number, end: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let before = 0;
  for (const [file, rowCount] of fileRows.entries()) {
    const piece = { file, start: Math.max(0, start - before), end: Math.min(rowCount, end - before) };
    if (piece.start < piece.end) pieces.push(piece);
    before += rowCount;
    if (before >= end) break;
  }
  return pieces;
}
