import { FIXED_MAX, FIXED_NULL } from '#common/plot/plotData';
import { seededRandom } from '../support/seededRandom.ts';

const WORKGROUP_ROWS = 256;

/** A column of codes with a name that says what is hard about it. */
export interface NamedColumn {
  readonly name: string;
  readonly codes: Uint32Array<ArrayBuffer>;
}

/** Uniform codes over the whole code space, one in `nullEvery` null (0: none). */
export function randomCodes(length: number, seed: number, nullEvery = 0): Uint32Array<ArrayBuffer> {
  const random = seededRandom(seed);
  return Uint32Array.from({ length }, () => {
    const code = Math.floor(random() * FIXED_NULL);
    return nullEvery > 0 && random() * nullEvery < 1 ? FIXED_NULL : code;
  });
}

/** Columns that broke counting kernels before, here or elsewhere. */
export function hardColumns(): readonly NamedColumn[] {
  const sized = [0, 1, 2, 3, 5, WORKGROUP_ROWS - 1, WORKGROUP_ROWS, WORKGROUP_ROWS + 1, 4097];
  return [
    ...sized.map((length) => ({ name: `${length} rows`, codes: randomCodes(length, length + 1, 7) })),
    { name: 'all null', codes: new Uint32Array(1000).fill(FIXED_NULL) },
    { name: 'all zero', codes: new Uint32Array(1000) },
    { name: 'all the maximum', codes: new Uint32Array(1001).fill(FIXED_MAX) },
    {
      name: 'only both ends and nulls',
      codes: Uint32Array.from({ length: 999 }, (_, row) => [0, FIXED_MAX, FIXED_NULL][row % 3] ?? 0),
    },
    {
      name: 'nearly all in one place',
      codes: randomCodes(20_000, 3).map((code, row) => (row % 100 === 0 ? code : 12_345)),
    },
    { name: '3 million random rows with nulls', codes: randomCodes(3_000_000, 42, 10) },
  ];
}
