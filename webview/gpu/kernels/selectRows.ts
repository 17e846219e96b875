import source, { structs } from '#shaders/selectRows.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import { CommandList } from '../commandList.ts';
import type { GpuContext } from '../gpuContext.ts';
import { computePipeline } from '../pipelines.ts';
import { readBuffer } from '../readBuffer.ts';
import { selectedBox, type RowSelection, type SelectedRows } from '../rowSelection.ts';
import { structBytes } from '../structBytes.ts';
import { pairedChunks, type CodePairs } from './codePairs.ts';
import { WORKGROUP_SIZE } from './dispatchRows.ts';
import { countTiles, dispatchTiles } from './dispatchTiles.ts';
import { encodePrefixSum } from './prefixSum.ts';

/** Buffers that get a selection's rows. */
export interface SelectionResult {
  /** One u32: how many rows are selected. */
  readonly count: GPUBuffer;
  /** Their numbers, ascending; what does not fit is left out. Null where only the count is wanted. */
  readonly rows: GPUBuffer | null;
  /** How many numbers `rows` has room for. */
  readonly capacity: number;
}

const NOTHING = new Uint32Array(2);

/** Encodes finding the rows of whole columns that a selection holds; `pairs.y` is `pairs.x` where only one axis is looked at. */
export function encodeSelectRows(
  commands: CommandList,
  pairs: CodePairs,
  selection: RowSelection,
  result: SelectionResult,
): void {
  const box = selectedBox(selection);
  const tileCount = countTiles(pairs.x);
  if (!box || tileCount === 0) {
    commands.encoder.clearBuffer(result.count, 0, Uint32Array.BYTES_PER_ELEMENT);
    return;
  }
  const { polygon, mask } = selection;
  const uniform = structBytes(structs['Selection'], {
    low_x: box.x.low,
    span_x: box.x.span,
    low_y: box.y.low,
    span_y: box.y.span,
    corner_count: (polygon?.length ?? 0) / 2,
    has_mask: mask ? 1 : 0,
    capacity: result.rows ? result.capacity : 0,
  });
  const read = [
    commands.uniform(uniform, 'selection'),
    commands.storage(polygon ?? NOTHING, 'polygon'),
    commands.storage(mask ?? NOTHING, 'row mask'),
  ];
  const tileCounts = commands.scratch(tileCount * Uint32Array.BYTES_PER_ELEMENT, 'selected rows per tile');
  const chunks = pairedChunks(pairs);
  encodeTiles(commands, 'count_rows', chunks, [...read, tileCounts]);
  encodePrefixSum(commands, [{ buffer: tileCounts, firstRow: 0, endRow: tileCount }], result.count);
  if (result.rows) encodeTiles(commands, 'write_rows', chunks, [...read, tileCounts, result.rows]);
}

/**
 * Finds the rows of whole columns that a selection holds.
 * @param most How many row numbers are read back at most; all rows are counted.
 */
export async function findSelectedRows(
  gpu: GpuContext,
  pairs: CodePairs,
  selection: RowSelection,
  most: number,
): Promise<SelectedRows> {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const bytes = Uint32Array.BYTES_PER_ELEMENT;
  const count = gpu.arena.buffer(bytes, usage, 'selected count');
  const rows = most > 0 ? gpu.arena.buffer(most * bytes, usage, 'selected rows') : null;
  try {
    const commands = new CommandList(gpu, 'select rows');
    encodeSelectRows(commands, pairs, selection, { count, rows, capacity: most });
    commands.submit();
    const [found = 0] = await readBuffer(gpu, count, 1);
    const given = Math.min(found, most);
    return { count: found, rows: rows && given > 0 ? await readBuffer(gpu, rows, given) : new Uint32Array(0) };
  } finally {
    gpu.arena.release(count);
    if (rows) gpu.arena.release(rows);
  }
}

function encodeTiles(
  commands: CommandList,
  entryPoint: string,
  chunks: readonly (readonly CodeSlice[])[],
  passBuffers: readonly GPUBuffer[],
): void {
  const pipeline = computePipeline(commands.gpu.device, { label: 'selectRows', source }, entryPoint, {
    WORKGROUP_SIZE,
  });
  dispatchTiles(commands, { pipeline, tilesLayout: structs['Tiles'], chunks, passBuffers });
}
