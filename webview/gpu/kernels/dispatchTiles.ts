import type { CodeSlice } from '../codeColumn.ts';
import { bindGroup, type CommandList } from '../commandList.ts';
import { structBytes, type StructLayout } from '../structBytes.ts';
import { WORKGROUP_SIZE } from './dispatchRows.ts';

const ROWS_PER_VECTOR = 4;
/** Also in shaders/lib/tiles.wgsl. */
const VECTORS_PER_LANE = 4;

/** What a tile kernel is run with. */
export interface TileDispatch {
  readonly pipeline: GPUComputePipeline;
  readonly tilesLayout: StructLayout | undefined;
  /** Slices of every column, chunk by chunk; the slices of one chunk hold the same rows. */
  readonly chunks: readonly (readonly CodeSlice[])[];
  /** Buffers of group 2. */
  readonly passBuffers: readonly GPUBuffer[];
}

/** Encodes one pass in which a workgroup at a time visits every tile of every chunk. Columns are group 1, the pass is group 2. */
export function dispatchTiles(commands: CommandList, dispatch: TileDispatch): void {
  const { device, maxWorkgroups } = commands.gpu;
  const { pipeline } = dispatch;
  const pass = commands.encoder.beginComputePass({ label: pipeline.label });
  pass.setPipeline(pipeline);
  pass.setBindGroup(2, bindGroup(device, pipeline, 2, dispatch.passBuffers));
  let firstTile = 0;
  let rowBase = 0;
  for (const slices of dispatch.chunks) {
    const [first] = slices;
    const tileCount = first ? tilesOf(first) : 0;
    if (!first || tileCount === 0) continue;
    const groupCount = Math.min(tileCount, maxWorkgroups);
    const tiles = structBytes(dispatch.tilesLayout, {
      first_row: first.firstRow,
      end_row: first.endRow,
      tile_count: tileCount,
      group_count: groupCount,
      first_tile: firstTile,
      row_base: rowBase,
    });
    const columns = [commands.uniform(tiles, 'tiles'), ...slices.map((slice) => slice.buffer)];
    pass.setBindGroup(1, bindGroup(device, pipeline, 1, columns));
    pass.dispatchWorkgroups(groupCount);
    firstTile += tileCount;
    rowBase += first.endRow;
  }
  pass.end();
}

/** Tiles of all slices together. */
export function countTiles(slices: readonly CodeSlice[]): number {
  return slices.reduce((sum, slice) => sum + tilesOf(slice), 0);
}

function tilesOf({ firstRow, endRow }: CodeSlice): number {
  if (endRow <= firstRow) return 0;
  const vectors = Math.ceil(endRow / ROWS_PER_VECTOR) - Math.floor(firstRow / ROWS_PER_VECTOR);
  return Math.ceil(vectors / (WORKGROUP_SIZE * VECTORS_PER_LANE));
}
