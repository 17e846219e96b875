import type { PlotHeader } from '#common/plot/plotData';
import { createGpuContext } from '../../webview/gpu/gpuContext.ts';
import type { Rgba } from '../../webview/gpu/passes/drawPass.ts';
import { GpuRenderer } from '../../webview/plot/gpuRenderer.ts';
import { readPlotBatch } from '../../webview/plot/plotBatch.ts';
import { densityColors, type PlotColors } from '../../webview/plot/plotColors.ts';
import { plotFrame, type PlotFrame } from '../../webview/plot/plotFrame.ts';
import { planPlot } from '../../webview/plot/plotPlan.ts';
import type { PlotCounts } from '../../webview/plot/plotRenderer.ts';
import { plotScene, type PlotScene } from '../../webview/plot/plotScene.ts';

const BYTES_PER_PIXEL = 4;
const ROW_ALIGNMENT_BYTES = 256;
const SIZE_PX = { width: 300, height: 200 };

/** Colours that tests can tell apart. */
export const TEST_COLORS: PlotColors = {
  bar: [1, 0, 0, 1],
  point: [0, 0, 1, 0.5],
  series: [
    [0, 1, 0, 1],
    [1, 0, 1, 1],
  ] satisfies Rgba[],
  density: densityColors(0, 1),
  densityRange: [0, 1],
};

/** A picture drawn by the GPU renderer, with everything it was made from. */
export interface RenderedPlot {
  readonly frame: PlotFrame;
  readonly scene: PlotScene;
  readonly counts: PlotCounts;
  /** Packed colours, premultiplied, row by row from the top. */
  readonly pixels: Uint32Array;
  colorAt(x: number, y: number): readonly [number, number, number, number];
}

/** Draws a plot into a texture and reads it; fails when a buffer leaks. */
export async function renderToPixels(
  device: GPUDevice,
  plot: { readonly header: PlotHeader; readonly batches: readonly Uint8Array[] },
  pixelRatio = 1,
): Promise<RenderedPlot> {
  const gpu = createGpuContext(device);
  const frame = plotFrame(plot.header, SIZE_PX.width, SIZE_PX.height);
  const scene = plotScene(plot.header, frame, pixelRatio, TEST_COLORS);
  const { widthPx: width, heightPx: height } = scene.surface;
  const usage = GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC;
  const texture = device.createTexture({ size: [width, height], format: 'rgba8unorm', usage });
  const renderer = new GpuRenderer(
    gpu,
    { format: 'rgba8unorm', texture: () => texture },
    plot.header,
    planPlot(plot.header),
  );
  for (const ipc of plot.batches) {
    renderer.append(readPlotBatch(ipc));
    await renderer.draw(scene);
  }
  const counts = await renderer.readCounts();
  const pixels = await readTexture(device, texture);
  renderer.dispose();
  if (gpu.arena.liveBytes > 0) throw new Error(`These buffers leaked: ${gpu.arena.liveLabels.join(', ')}`);
  gpu.arena.dispose();
  return { frame, scene, counts, pixels, colorAt: (x, y) => unpack(pixels[y * width + x] ?? 0) };
}

function unpack(packed: number): readonly [number, number, number, number] {
  return [packed & 255, (packed >>> 8) & 255, (packed >>> 16) & 255, packed >>> 24];
}

async function readTexture(device: GPUDevice, texture: GPUTexture): Promise<Uint32Array> {
  const rowBytes = Math.ceil((texture.width * BYTES_PER_PIXEL) / ROW_ALIGNMENT_BYTES) * ROW_ALIGNMENT_BYTES;
  const buffer = device.createBuffer({
    size: rowBytes * texture.height,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: rowBytes }, [texture.width, texture.height]);
  device.queue.submit([encoder.finish()]);
  await buffer.mapAsync(GPUMapMode.READ);
  const padded = new Uint32Array(buffer.getMappedRange().slice(0));
  buffer.destroy();
  const rowWords = rowBytes / BYTES_PER_PIXEL;
  const pixels = new Uint32Array(texture.width * texture.height);
  for (let y = 0; y < texture.height; y += 1) {
    pixels.set(padded.subarray(y * rowWords, y * rowWords + texture.width), y * texture.width);
  }
  return pixels;
}
