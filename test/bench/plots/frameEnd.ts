const devices = new Set<GPUDevice>();
const contexts = new Set<WebGL2RenderingContext | WebGLRenderingContext>();

/** Remembers every device and WebGL context that a contestant makes, so that a frame can be waited for. */
export function watchGraphics(): void {
  if ('GPUAdapter' in window) {
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
      const device = await request.call(this, descriptor);
      devices.add(device);
      void device.lost.then(() => devices.delete(device));
      return device;
    };
  }
  const getContext = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (
    this: HTMLCanvasElement,
    ...options: Parameters<typeof getContext>
  ) {
    const context = getContext.apply(this, options);
    if (context instanceof WebGL2RenderingContext || context instanceof WebGLRenderingContext) contexts.add(context);
    return context;
  } as typeof getContext;
}

/** Resolves when the frame that is being made has been computed and handed to the screen. */
export async function frameEnd(): Promise<void> {
  await nextFrame();
  await Promise.all([...devices].map((device) => device.queue.onSubmittedWorkDone()));
  for (const context of contexts) {
    context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4));
  }
  await nextFrame();
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
