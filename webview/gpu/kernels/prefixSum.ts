import source, { structs } from '#shaders/prefixSum.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import type { CommandList } from '../commandList.ts';
import { computePipeline } from '../pipelines.ts';
import { WORKGROUP_SIZE } from './dispatchRows.ts';
import { countTiles, dispatchTiles } from './dispatchTiles.ts';

/**
 * Encodes turning every value of the slices into the sum of all values before it, modulo 2 ** 32.
 * @param slices Values in order, from one buffer or many; they are overwritten.
 * @param total One u32 that gets the sum of everything.
 */
export function encodePrefixSum(commands: CommandList, slices: readonly CodeSlice[], total: GPUBuffer): void {
  const tileCount = countTiles(slices);
  if (tileCount === 0) {
    commands.encoder.clearBuffer(total, 0, Uint32Array.BYTES_PER_ELEMENT);
    return;
  }
  const isOneTile = tileCount === 1;
  const tileSums = isOneTile ? total : commands.scratch(tileCount * Uint32Array.BYTES_PER_ELEMENT, 'tile sums');
  encodeTiles(commands, 'scan_tiles', slices, tileSums);
  if (isOneTile) return;
  encodePrefixSum(commands, [{ buffer: tileSums, firstRow: 0, endRow: tileCount }], total);
  encodeTiles(commands, 'add_sums', slices, tileSums);
}

function encodeTiles(
  commands: CommandList,
  entryPoint: string,
  slices: readonly CodeSlice[],
  tileSums: GPUBuffer,
): void {
  const pipeline = computePipeline(commands.gpu.device, { label: 'prefixSum', source }, entryPoint, { WORKGROUP_SIZE });
  const chunks = slices.map((slice) => [slice]);
  dispatchTiles(commands, { pipeline, tilesLayout: structs['Tiles'], chunks, passBuffers: [tileSums] });
}
