import { PikaError } from '#common/base/pikaError';
import source, { structs } from '#shaders/quantiles.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import { bindGroup, CommandList } from '../commandList.ts';
import type { GpuContext } from '../gpuContext.ts';
import { computePipeline } from '../pipelines.ts';
import { readBuffer } from '../readBuffer.ts';
import { structBytes } from '../structBytes.ts';
import { dispatchRows, WORKGROUP_SIZE } from './dispatchRows.ts';

/** Ranks that are looked for at once; also exists in WGSL. */
export const MOST_RANKS = 8;
const DIGIT_BITS = 8;
const DIGITS = 2 ** DIGIT_BITS;
const CODE_BITS = 32;
const WORD_BYTES = Uint32Array.BYTES_PER_ELEMENT;
const WORDS_PER_RANK = 2;

/**
 * Finds the codes at ranks of a column, as if it were sorted, nulls left out; FIXED_NULL for a rank beyond the values.
 * @throws PikaError `gpu-limit` for more than `MOST_RANKS` ranks.
 */
export async function findCodesAtRanks(
  gpu: GpuContext,
  slices: readonly CodeSlice[],
  ranks: readonly number[],
): Promise<Uint32Array<ArrayBuffer>> {
  if (ranks.length > MOST_RANKS)
    throw new PikaError('gpu-limit', `At most ${MOST_RANKS} ranks can be looked for at once, not ${ranks.length}.`);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const found = gpu.arena.buffer(ranks.length * WORDS_PER_RANK * WORD_BYTES, usage, 'ranks');
  try {
    const commands = new CommandList(gpu, 'quantiles');
    encodeRanks(commands, slices, ranks, found);
    commands.submit();
    const words = await readBuffer(gpu, found, ranks.length * WORDS_PER_RANK);
    return Uint32Array.from(ranks, (_, index) => words[index * WORDS_PER_RANK] ?? 0);
  } finally {
    gpu.arena.release(found);
  }
}

/**
 * Encodes finding the codes at ranks of a column.
 * @param found Two u32 per rank: its code, and a rest that says nothing.
 */
export function encodeRanks(
  commands: CommandList,
  slices: readonly CodeSlice[],
  ranks: readonly number[],
  found: GPUBuffer,
): void {
  const { device } = commands.gpu;
  const wanted = commands.copySource(Uint32Array.from(ranks.flatMap((rank) => [0, rank])), 'wanted ranks');
  commands.encoder.copyBufferToBuffer(wanted, 0, found, 0, ranks.length * WORDS_PER_RANK * WORD_BYTES);
  const counts = commands.scratch(MOST_RANKS * DIGITS * WORD_BYTES, 'digit counts');
  commands.encoder.clearBuffer(counts);
  const program = { label: 'quantiles', source };
  const count = computePipeline(device, program, 'count_digits', { WORKGROUP_SIZE });
  const choose = computePipeline(device, program, 'choose_digits', {});
  for (let shift = CODE_BITS - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
    const known_bits = shift + DIGIT_BITS === CODE_BITS ? 0 : 2 ** CODE_BITS - 2 ** (shift + DIGIT_BITS);
    const digits = structBytes(structs['Digits'], { rank_count: ranks.length, shift, known_bits });
    const passBuffers = [commands.uniform(digits, 'digits'), found, counts];
    const chunks = slices.map((slice) => [slice]);
    dispatchRows(commands, { pipeline: count, rowsLayout: structs['Rows'], chunks, passBuffers });
    const pass = commands.encoder.beginComputePass({ label: choose.label });
    pass.setPipeline(choose);
    pass.setBindGroup(2, bindGroup(device, choose, 2, passBuffers));
    pass.dispatchWorkgroups(1);
    pass.end();
  }
}
