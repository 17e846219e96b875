import source, { structs } from '#shaders/nearestRow.wgsl';
import { CommandList } from '../commandList.ts';
import type { GpuContext } from '../gpuContext.ts';
import { MOST_PARTS, placeReach, type AxisReach, type PickPlace, type PlaceReach } from '../pickPlace.ts';
import { computePipeline } from '../pipelines.ts';
import { readBuffer } from '../readBuffer.ts';
import { structBytes } from '../structBytes.ts';
import type { CodeSlice } from '../codeColumn.ts';
import { pairedChunks, type CodePairs } from './codePairs.ts';
import { WORKGROUP_SIZE } from './dispatchRows.ts';
import { dispatchTiles } from './dispatchTiles.ts';

/** Length of the buffer of a nearest row in u32: squared distance in parts of a pixel, and row; NOT_FOUND in both where there is none. */
export const NEAREST_LENGTH = 2;
export const NOT_FOUND = 0xffffffff;
const NO_ROW = new Uint32Array(NEAREST_LENGTH).fill(NOT_FOUND);

/** Columns that a row is picked from; slices of the same rows. */
export interface PickColumns extends CodePairs {
  /** Looked at where a place names a series. */
  readonly series?: readonly CodeSlice[];
}

/** Encodes finding the row of whole columns that is nearest to a place, of equally near ones the first. */
export function encodeNearestRow(
  commands: CommandList,
  columns: PickColumns,
  place: PickPlace,
  nearest: GPUBuffer,
): void {
  const none = commands.copySource(NO_ROW, 'no row');
  commands.encoder.copyBufferToBuffer(none, 0, nearest, 0, NO_ROW.byteLength);
  const reach = placeReach(place);
  if (!reach) return;
  const withSeries = pairedChunks({ x: columns.x, y: columns.series ?? columns.x });
  const chunks = pairedChunks(columns).map((pair, index) => [...pair, ...(withSeries[index]?.slice(1) ?? [])]);
  const passBuffers = [commands.uniform(placeBytes(reach, place.series), 'place'), nearest];
  for (const entryPoint of ['find_distance', 'find_row']) {
    const pipeline = computePipeline(commands.gpu.device, { label: 'nearestRow', source }, entryPoint, {
      WORKGROUP_SIZE,
    });
    dispatchTiles(commands, { pipeline, tilesLayout: structs['Tiles'], chunks, passBuffers });
  }
}

/** The row of whole columns that is nearest to a place; null where none is within reach. */
export async function findNearestRow(gpu: GpuContext, columns: PickColumns, place: PickPlace): Promise<number | null> {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const nearest = gpu.arena.buffer(NO_ROW.byteLength, usage, 'nearest row');
  try {
    const commands = new CommandList(gpu, 'nearest row');
    encodeNearestRow(commands, columns, place, nearest);
    commands.submit();
    const [, row = NOT_FOUND] = await readBuffer(gpu, nearest, NEAREST_LENGTH);
    return row === NOT_FOUND ? null : row;
  } finally {
    gpu.arena.release(nearest);
  }
}

function placeBytes({ x, y, reachSquared }: PlaceReach, series: number | undefined): ArrayBuffer {
  const both = (field: keyof AxisReach) => [x[field], y[field]];
  return structBytes(structs['Place'], {
    reach_squared: reachSquared,
    most_parts: MOST_PARTS,
    has_series: series === undefined ? 0 : 1,
    series: series ?? 0,
    low: both('low'),
    span: both('span'),
    center: both('center'),
    base: both('base'),
    shift: both('shift'),
    factor: both('factor'),
  });
}
