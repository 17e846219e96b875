import { expect, test } from 'vitest';
import { cellAfterKey } from '../../../webview/table/gridKeys.ts';

const EXTENT = { rowCount: 1000, columnCount: 8, pageRows: 20 };
const FROM = { row: 10, column: 3 };

function check(keys: string, expected: readonly [row: number, column: number] | null): void {
  test(`${keys} leads to ${expected ? `row ${expected[0]}, column ${expected[1]}` : 'nowhere'}`, () => {
    const key = { key: keys.replace('Ctrl+', ''), isControl: keys.startsWith('Ctrl+') };
    const cell = cellAfterKey(FROM, key, EXTENT);
    expect(cell && [cell.row, cell.column]).toEqual(expected);
  });
}

check('ArrowUp', [9, 3]);
check('ArrowDown', [11, 3]);
check('ArrowLeft', [10, 2]);
check('ArrowRight', [10, 4]);
check('Ctrl+ArrowDown', [999, 3]);
check('Ctrl+ArrowRight', [10, 7]);
check('PageUp', [0, 3]);
check('PageDown', [30, 3]);
check('Home', [10, 0]);
check('Ctrl+End', [999, 7]);
check('a', null);
