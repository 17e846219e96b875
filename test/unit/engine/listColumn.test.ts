import duckdb from '@duckdb/node-bindings';
import { Int32, Vector } from 'apache-arrow';
import { expect, test } from 'vitest';
import { FixedColumn } from '../../../extension/engine/arrow/fixedColumn.ts';
import { ListColumn } from '../../../extension/engine/arrow/nestedColumns.ts';
import { arrowJson } from '../../support/arrowJson.ts';

const INTEGER = duckdb.create_logical_type(duckdb.Type.INTEGER);

/** A LIST vector over `children` whose entries are `[offset, length]`; null is NULL. */
function listVector(children: readonly number[], entries: readonly (readonly [number, number] | null)[]) {
  const chunk = duckdb.create_data_chunk([duckdb.create_list_type(INTEGER)]);
  const vector = duckdb.data_chunk_get_vector(chunk, 0);
  duckdb.list_vector_reserve(vector, children.length);
  duckdb.list_vector_set_size(vector, children.length);
  const values = Int32Array.from(children);
  duckdb.copy_data_to_vector(duckdb.list_vector_get_child(vector), 0, values.buffer, 0, values.byteLength);
  const words = BigUint64Array.from(entries.flatMap((entry) => (entry ?? [99, 99]).map(BigInt)));
  duckdb.copy_data_to_vector(vector, 0, words.buffer, 0, words.byteLength);
  const valid = BigUint64Array.of(entries.reduce((bits, entry, i) => bits | (entry ? 1n << BigInt(i) : 0n), 0n));
  duckdb.vector_ensure_validity_writable(vector);
  duckdb.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, valid.byteLength);
  return { chunk, vector };
}

function check(name: string, ranges: readonly (readonly [number, number])[], expected: unknown): void {
  test(name, () => {
    const { chunk, vector } = listVector([10, 11, 12, 13], [[2, 2], [0, 1], null, [1, 0], [1, 3], [0, 1]]);
    const child = new FixedColumn({ type: new Int32(), bytesPerValue: 4, arrayType: Int32Array });
    const column = new ListColumn(child);
    column.load(vector, 6);
    for (const [start, count] of ranges) column.take(start, count);
    duckdb.data_chunk_get_size(chunk);
    const lists = new Vector([column.finish()]);
    expect(Array.from({ length: lists.length }, (_, i) => arrowJson(lists, i))).toEqual(expected);
  });
}

check(
  'collects lists that lie out of order, overlap or repeat',
  [[0, 6]],
  [[12, 13], [10], null, [], [11, 12, 13], [10]],
);
check(
  'collects parts of a vector',
  [
    [4, 2],
    [1, 3],
  ],
  [[11, 12, 13], [10], [10], null, []],
);
