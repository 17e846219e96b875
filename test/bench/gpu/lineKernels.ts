import { FIXED_MAX } from '#common/plot/plotData';
import { CodeColumn } from '../../../webview/gpu/codeColumn.ts';
import { lineColumns } from '../../../webview/gpu/cpu/lineColumns.ts';
import { buildPyramid } from '../../../webview/gpu/cpu/linePyramid.ts';
import type { GpuContext } from '../../../webview/gpu/gpuContext.ts';
import { encodeLineColumns } from '../../../webview/gpu/kernels/lineColumns.ts';
import { encodePyramid, pyramidBytes } from '../../../webview/gpu/kernels/linePyramid.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import type { Kernel } from './kernel.ts';

/** A line is one buffer: the rows of one chunk. */
const LINE_ROWS = 2 ** 23;
const WIDTH_PX = 1000;
const STEP = 2 ** 20;

/** The kernels of lines over one random walk of 8 million rows, whatever the other columns have. */
export function lineKernels(gpu: GpuContext): readonly Kernel[] {
  const rising = Uint32Array.from({ length: LINE_ROWS }, (_, row) => Math.floor((row / LINE_ROWS) * FIXED_MAX));
  const walk = randomWalk(LINE_ROWS);
  const series = new Uint32Array(LINE_ROWS);
  const edges = Uint32Array.from({ length: WIDTH_PX + 1 }, (_, column) => Math.round((column / WIDTH_PX) * FIXED_MAX));
  const slice = (codes: Uint32Array<ArrayBuffer>) => {
    const column = new CodeColumn(gpu, 'bench line', LINE_ROWS);
    column.append(codes);
    return column.wholeSlice();
  };
  const line = { x: slice(rising), y: slice(walk), series: slice(series) };
  const nodes = gpu.arena.buffer(pyramidBytes(LINE_ROWS), GPUBufferUsage.STORAGE, 'line pyramid');
  const onCpu = { x: rising, y: walk, series, nodes: buildPyramid(walk) };
  return [
    {
      name: 'line pyramid, 8.4 M rows',
      columnReads: 0,
      encode: (commands) => encodePyramid(commands, line.y, nodes),
      onCpu: () => buildPyramid(walk),
    },
    {
      name: 'columns of a line, 1,000 px',
      columnReads: 0,
      encode: (commands) => encodeLineColumns(commands, line, { nodes, edges, seriesCount: 1 }),
      onCpu: () => lineColumns(onCpu, edges, 1),
    },
  ];
}

function randomWalk(rows: number): Uint32Array<ArrayBuffer> {
  const random = seededRandom(3);
  let height = 2 ** 31;
  return Uint32Array.from({ length: rows }, () => {
    height = Math.min(FIXED_MAX, Math.max(0, height + (random() - 0.5) * STEP));
    return height;
  });
}
