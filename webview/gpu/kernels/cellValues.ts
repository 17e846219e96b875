import type { CellAggregate } from '#common/plot/plotData';
import source, { structs } from '#shaders/cellValues.wgsl';
import { bindGroup, type CommandList } from '../commandList.ts';
import { computePipeline } from '../pipelines.ts';
import { structBytes } from '../structBytes.ts';
import type { CodeScale } from '../valueFigures.ts';
import { WORKGROUP_SIZE } from './dispatchRows.ts';

const FIGURES: Readonly<Record<CellAggregate, number>> = { mean: 0, min: 1, max: 2, sum: 3 };

/**
 * Encodes writing one word per cell from its figures; see shaders/cellValues.wgsl.
 * @param figures `WORDS_PER_CELL` u32 per cell.
 * @param values One u32 per cell.
 */
export function encodeCellValues(
  commands: CommandList,
  figures: GPUBuffer,
  cellCount: number,
  wanted: CodeScale & { readonly aggregate: CellAggregate },
  values: GPUBuffer,
): void {
  const { device, maxWorkgroups } = commands.gpu;
  const pipeline = computePipeline(device, { label: 'cellValues', source }, 'write_values', { WORKGROUP_SIZE });
  const workgroups = Math.min(Math.ceil(cellCount / WORKGROUP_SIZE), maxWorkgroups);
  const uniform = structBytes(structs['Wanted'], {
    cell_count: cellCount,
    invocation_count: workgroups * WORKGROUP_SIZE,
    figure: FIGURES[wanted.aggregate],
    origin: wanted.origin,
    step: wanted.step,
  });
  const pass = commands.encoder.beginComputePass({ label: pipeline.label });
  pass.setPipeline(pipeline);
  const passBuffers = [commands.uniform(uniform, 'wanted values'), figures, values];
  pass.setBindGroup(2, bindGroup(device, pipeline, 2, passBuffers));
  pass.dispatchWorkgroups(workgroups);
  pass.end();
}
