import { codeOf, type CodeDomain } from '#common/plot/fixedPoint';
import { FIXED_MAX, FIXED_NULL } from '#common/plot/plotData';
import { seededRandom } from '../support/seededRandom.ts';
import type { Conditions } from './kernelBench.ts';

const WORKGROUP_ROWS = 256;
/** A workgroup per 256 rows would be one more than a dispatch may have. */
const ROWS_OF_TOO_MANY_WORKGROUPS = 65_536 * WORKGROUP_ROWS + 3;
/** Workgroups that a dispatch may have in its place where every kernel is tested, so that few rows are too many. */
const LOWERED_WORKGROUPS = 3;
/** Rows that a workgroup takes at once where each of its lanes reads sixteen vectors. */
const LANES_ROWS = WORKGROUP_ROWS * 16 * 4;
const BLOCK_ROWS = 65_521;
const HASH_MULTIPLIER = 0x9e3779b1;
const ROWS_BETWEEN_VALUES = 67;
const DAY_MS = 86_400_000;

/** A column of codes with a name that says what is hard about it. */
export interface NamedColumn {
  readonly name: string;
  readonly codes: Uint32Array<ArrayBuffer>;
}

/** A column, and how the run of a kernel over it is made harder. */
export interface HardRun extends NamedColumn {
  readonly conditions: Conditions;
}

/** Uniform codes over the whole code space, one in `nullEvery` null (0: none). */
export function randomCodes(length: number, seed: number, nullEvery = 0): Uint32Array<ArrayBuffer> {
  const random = seededRandom(seed);
  return Uint32Array.from({ length }, () => {
    const code = Math.floor(random() * FIXED_NULL);
    return nullEvery > 0 && random() * nullEvery < 1 ? FIXED_NULL : code;
  });
}

/** A second column of the same length, null at other rows, whose codes have nothing to do with the first one's. */
export function partnerOf(codes: Uint32Array): Uint32Array<ArrayBuffer> {
  const partner = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row += 1) {
    const mixed = Math.imul((row % BLOCK_ROWS) + 1, HASH_MULTIPLIER);
    partner[row] = row % 5 === 4 ? FIXED_NULL : Math.imul(mixed ^ (mixed >>> 15), HASH_MULTIPLIER);
  }
  return partner;
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
    ...hardValues().map(({ name, values, scale }) => ({ name, codes: codesOf(values, scale) })),
    { name: '300,000 random rows with nulls', codes: randomCodes(300_000, 42, 10) },
  ];
}

/** Every hard column as it is, and runs over few workgroups, many small chunks and more rows than workgroups can be under a lowered limit. */
export function hardRuns(): readonly HardRun[] {
  return [
    ...hardColumns().map((column) => ({ ...column, conditions: {} })),
    { name: 'fewer workgroups than rows ask for', codes: randomCodes(100_000, 2, 9), conditions: { maxWorkgroups: 1 } },
    {
      name: 'many chunks, as of a low limit on buffers, and odd batches',
      codes: randomCodes(10_007, 4, 9),
      conditions: { chunkRows: 512, batchRows: 777 },
    },
    { name: 'chunks of a few rows', codes: randomCodes(150, 5, 9), conditions: { chunkRows: 4 } },
    {
      name: 'rows for more workgroups than a lowered limit allows',
      codes: randomCodes(2 * LOWERED_WORKGROUPS * LANES_ROWS + 3, 13, 9),
      conditions: { maxWorkgroups: LOWERED_WORKGROUPS },
    },
  ];
}

/** Codes of values as SQL makes them over their finite minimum and maximum: infinities, and on a log scale zero and below, are null. */
export function codesOf(values: readonly number[], scale: 'linear' | 'log' = 'linear'): Uint32Array<ArrayBuffer> {
  const coded = scale === 'log' ? values.map((value) => (value > 0 ? Math.log(value) : NaN)) : values;
  const finite = coded.filter(Number.isFinite);
  const domain: CodeDomain = [Math.min(...finite), Math.max(...finite)];
  return Uint32Array.from(coded, (value) => (Number.isFinite(value) ? codeOf(value, domain) : FIXED_NULL));
}

function hardValues(): readonly { name: string; values: readonly number[]; scale?: 'log' }[] {
  const random = seededRandom(11);
  const many = (value: (index: number) => number) => Array.from({ length: 3001 }, (_, index) => value(index));
  const odd = [NaN, Infinity, -Infinity, -0, 0, 5e-324, -5e-324, 2 ** -1022, 1, -1];
  return [
    {
      name: 'not-a-number, infinities, both zeros and subnormals',
      values: many((index) => odd[index % odd.length] ?? 0),
    },
    { name: 'subnormals alone', values: many((index) => index * 5e-324) },
    { name: 'negative values', values: many(() => -1e9 - random() * 1e9) },
    { name: 'a domain of no width', values: many(() => -7.25) },
    { name: 'a value on every bin edge', values: many((index) => index / 3000) },
    { name: 'a log scale with values of zero and below', values: many((index) => index - 1500), scale: 'log' },
    {
      name: 'a day of milliseconds in fifty years',
      values: [0, 50 * 365 * DAY_MS, ...many((index) => 1e12 + index * 28_800)],
    },
    { name: 'int64 magnitudes', values: [-(2 ** 63), 2 ** 63, ...many(() => (random() - 0.5) * 2 ** 63)] },
    {
      name: 'the largest doubles',
      values: [-Number.MAX_VALUE, Number.MAX_VALUE, ...many(() => random() * 2e307 - 1e307)],
    },
    { name: 'all rows but one in one cell', values: [1e15, ...many(() => 0.001)] },
  ];
}

/**
 * Rows for more than 65,535 workgroups: once for each of the two ways of dispatching, since a software adapter takes seconds
 * for them. Mostly null, because it skips what is not counted.
 */
export function rowsOfTooManyWorkgroups(): Uint32Array<ArrayBuffer> {
  const block = randomCodes(BLOCK_ROWS, 12);
  const codes = new Uint32Array(ROWS_OF_TOO_MANY_WORKGROUPS).fill(FIXED_NULL);
  for (let row = 1; row < codes.length; row += ROWS_BETWEEN_VALUES) codes[row] = block[row % BLOCK_ROWS] ?? 0;
  return codes;
}
