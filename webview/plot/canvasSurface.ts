import { PikaError } from '#common/base/pikaError';
import type { GpuSurface } from './gpuRenderer.ts';

/** A page canvas as the target of a GPU renderer; its backing size follows the picture. */
export function canvasSurface(canvas: HTMLCanvasElement, device: GPUDevice): GpuSurface {
  const context = canvas.getContext('webgpu');
  if (!context) throw new PikaError('gpu-unavailable', 'The canvas gave no WebGPU context.');
  const format = navigator.gpu.getPreferredCanvasFormat();
  context.configure({ device, format, alphaMode: 'premultiplied' });
  return {
    format,
    texture: (widthPx, heightPx) => {
      if (canvas.width !== widthPx) canvas.width = widthPx;
      if (canvas.height !== heightPx) canvas.height = heightPx;
      return context.getCurrentTexture();
    },
  };
}
