import type { CodeRange } from '#common/plot/codeRange';
import { bindGroup, type CommandList } from '../commandList.ts';
import { renderPipeline, type ShaderProgram } from '../pipelines.ts';
import { structBytes, type StructLayout } from '../structBytes.ts';

/** The drawing surface and the rectangle that the shown codes fill, in device pixels from the top left. */
export interface SurfaceFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dataLeftPx: number;
  readonly dataTopPx: number;
  readonly dataWidthPx: number;
  readonly dataHeightPx: number;
  readonly xCodes: CodeRange;
  readonly yCodes: CodeRange;
}

/** Red, green, blue and alpha, 0 to 1, not premultiplied. */
export type Rgba = readonly [number, number, number, number];

/** Where a pass draws: the open render pass, the commands it belongs to, the target's format and frame. */
export interface DrawTarget {
  readonly commands: CommandList;
  readonly pass: GPURenderPassEncoder;
  readonly format: GPUTextureFormat;
  readonly frame: SurfaceFrame;
}

/** What a pass binds and draws; group 0 is the frame. */
export interface DrawCall {
  readonly program: ShaderProgram;
  readonly frameLayout: StructLayout | undefined;
  /** Group 1: table columns or counts. */
  readonly dataBuffers: readonly GPUBuffer[];
  /** Group 2: the pass's own uniforms. */
  readonly passBuffers: readonly GPUBuffer[];
  readonly vertexCount: number;
  /** 0 when absent. */
  readonly firstInstance?: number;
  readonly instanceCount: number;
}

/** Encodes one draw call. */
export function encodeDraw({ commands, pass, format, frame }: DrawTarget, call: DrawCall): void {
  if (call.instanceCount === 0) return;
  const { device } = commands.gpu;
  const pipeline = renderPipeline(device, call.program, format);
  const bytes = structBytes(call.frameLayout, {
    width_px: frame.widthPx,
    height_px: frame.heightPx,
    data_left_px: frame.dataLeftPx,
    data_top_px: frame.dataTopPx,
    data_width_px: frame.dataWidthPx,
    data_height_px: frame.dataHeightPx,
    low_x: frame.xCodes.low,
    low_y: frame.yCodes.low,
    span_x: frame.xCodes.high - frame.xCodes.low,
    span_y: frame.yCodes.high - frame.yCodes.low,
  });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup(device, pipeline, 0, [commands.uniform(bytes, 'frame')]));
  pass.setBindGroup(1, bindGroup(device, pipeline, 1, call.dataBuffers));
  pass.setBindGroup(2, bindGroup(device, pipeline, 2, call.passBuffers));
  pass.draw(call.vertexCount, call.instanceCount, 0, call.firstInstance ?? 0);
}
