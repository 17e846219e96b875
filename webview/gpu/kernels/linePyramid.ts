import source, { structs } from '#shaders/linePyramid.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import { bindGroup, type CommandList } from '../commandList.ts';
import { countNodes, pyramidLevels, WORDS_PER_NODE } from '../linePyramid.ts';
import { computePipeline } from '../pipelines.ts';
import { structBytes } from '../structBytes.ts';
import { WORKGROUP_SIZE } from './dispatchRows.ts';

/** Bytes of the nodes above so many rows, at least those of one node. */
export function pyramidBytes(rowCount: number): number {
  return Math.max(1, countNodes(pyramidLevels(rowCount))) * WORDS_PER_NODE * Uint32Array.BYTES_PER_ELEMENT;
}

/** Encodes building all nodes above a column of values into a buffer of `pyramidBytes`. */
export function encodePyramid(commands: CommandList, y: CodeSlice, nodes: GPUBuffer): void {
  const { device, maxWorkgroups } = commands.gpu;
  const levels = pyramidLevels(y.endRow);
  levels.forEach(({ firstNode, nodeCount }, index) => {
    const below = levels[index - 1];
    const program = { label: 'linePyramid', source };
    const pipeline = computePipeline(device, program, below ? 'join_nodes' : 'join_rows', { WORKGROUP_SIZE });
    const workgroups = Math.min(Math.ceil(nodeCount / WORKGROUP_SIZE), maxWorkgroups);
    const level = structBytes(structs['Level'], {
      below_count: below?.nodeCount ?? y.endRow,
      first_below: below?.firstNode ?? 0,
      first_node: firstNode,
      node_count: nodeCount,
      invocation_count: workgroups * WORKGROUP_SIZE,
    });
    const pass = commands.encoder.beginComputePass({ label: pipeline.label });
    pass.setPipeline(pipeline);
    pass.setBindGroup(1, bindGroup(device, pipeline, 1, [y.buffer]));
    pass.setBindGroup(2, bindGroup(device, pipeline, 2, [commands.uniform(level, 'pyramid level'), nodes]));
    pass.dispatchWorkgroups(workgroups);
    pass.end();
  });
}
