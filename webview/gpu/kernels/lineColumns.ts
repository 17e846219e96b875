import source, { structs } from '#shaders/lineColumns.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import { bindGroup, type CommandList } from '../commandList.ts';
import { pyramidLevels, ROWS_PER_COLUMN } from '../linePyramid.ts';
import { computePipeline } from '../pipelines.ts';
import { structBytes } from '../structBytes.ts';
import { WORKGROUP_SIZE } from './dispatchRows.ts';

/** Columns of a line's rows, one buffer each. */
export interface LineSlices {
  readonly x: CodeSlice;
  readonly y: CodeSlice;
  readonly series: CodeSlice;
}

/** What of a line is wanted. */
export interface WantedColumns {
  /** Nodes above the rows, see `encodePyramid`. */
  readonly nodes: GPUBuffer;
  /** Code at which every column of pixels begins, and the one at which the last ends. */
  readonly edges: Uint32Array<ArrayBuffer>;
  readonly seriesCount: number;
}

/** Encodes thinning a line to columns of pixels; the buffers of the thin line are valid for this submit. */
export function encodeLineColumns(commands: CommandList, line: LineSlices, wanted: WantedColumns): LineSlices {
  const { device, maxWorkgroups } = commands.gpu;
  const pipeline = computePipeline(device, { label: 'lineColumns', source }, 'write_columns', { WORKGROUP_SIZE });
  const items = (wanted.edges.length + 1) * wanted.seriesCount;
  const workgroups = Math.min(Math.ceil(items / WORKGROUP_SIZE), maxWorkgroups);
  const levels = pyramidLevels(line.y.endRow);
  const columns = structBytes(structs['Columns'], {
    row_count: line.y.endRow,
    column_count: wanted.edges.length - 1,
    series_count: wanted.seriesCount,
    level_count: levels.length,
    invocation_count: workgroups * WORKGROUP_SIZE,
    level_starts: [0, 1, 2, 3].map((level) => levels[level]?.firstNode ?? 0),
  });
  const endRow = items * ROWS_PER_COLUMN;
  const thin = (name: string): CodeSlice => ({
    buffer: commands.scratch(endRow * Uint32Array.BYTES_PER_ELEMENT, `thin ${name}`),
    firstRow: 0,
    endRow,
  });
  const result = { x: thin('x'), y: thin('y'), series: thin('series') };
  const pass = commands.encoder.beginComputePass({ label: pipeline.label });
  pass.setPipeline(pipeline);
  const rows = [line.x.buffer, line.y.buffer, line.series.buffer];
  pass.setBindGroup(1, bindGroup(device, pipeline, 1, rows));
  const passBuffers = [
    commands.uniform(columns, 'line columns'),
    wanted.nodes,
    commands.storage(wanted.edges, 'column edges'),
    result.x.buffer,
    result.y.buffer,
    result.series.buffer,
  ];
  pass.setBindGroup(2, bindGroup(device, pipeline, 2, passBuffers));
  pass.dispatchWorkgroups(workgroups);
  pass.end();
  return result;
}
