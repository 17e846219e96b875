/** A shader program as its import gives it. */
export interface ShaderProgram {
  readonly label: string;
  readonly source: string;
}

interface DeviceCache {
  readonly modules: Map<string, GPUShaderModule>;
  readonly compute: Map<string, GPUComputePipeline>;
  readonly render: Map<string, GPURenderPipeline>;
}

const caches = new WeakMap<GPUDevice, DeviceCache>();

/** The compute pipeline of an entry point, made once per device and set of override constants. */
export function computePipeline(
  device: GPUDevice,
  program: ShaderProgram,
  entryPoint: string,
  constants: Readonly<Record<string, number>>,
): GPUComputePipeline {
  const cache = cacheOf(device);
  const key = `${program.label}/${entryPoint}/${JSON.stringify(constants)}`;
  const found = cache.compute.get(key);
  if (found) return found;
  const pipeline = device.createComputePipeline({
    label: key,
    layout: 'auto',
    compute: { module: shaderModule(device, program), entryPoint, constants: { ...constants } },
  });
  cache.compute.set(key, pipeline);
  return pipeline;
}

/** The render pipeline of a program with entry points `place` and `shade`, blended over a premultiplied target. */
export function renderPipeline(device: GPUDevice, program: ShaderProgram, format: GPUTextureFormat): GPURenderPipeline {
  const cache = cacheOf(device);
  const key = `${program.label}/${format}`;
  const found = cache.render.get(key);
  if (found) return found;
  const module = shaderModule(device, program);
  const over: GPUBlendComponent = { operation: 'add', srcFactor: 'one', dstFactor: 'one-minus-src-alpha' };
  const pipeline = device.createRenderPipeline({
    label: key,
    layout: 'auto',
    vertex: { module, entryPoint: 'place' },
    fragment: { module, entryPoint: 'shade', targets: [{ format, blend: { color: over, alpha: over } }] },
    primitive: { topology: 'triangle-list' },
  });
  cache.render.set(key, pipeline);
  return pipeline;
}

function shaderModule(device: GPUDevice, program: ShaderProgram): GPUShaderModule {
  const { modules } = cacheOf(device);
  const found = modules.get(program.label);
  if (found) return found;
  const module = device.createShaderModule({ label: program.label, code: program.source });
  modules.set(program.label, module);
  return module;
}

function cacheOf(device: GPUDevice): DeviceCache {
  const found = caches.get(device);
  if (found) return found;
  const cache: DeviceCache = { modules: new Map(), compute: new Map(), render: new Map() };
  caches.set(device, cache);
  return cache;
}
