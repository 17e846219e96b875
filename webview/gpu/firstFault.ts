/** What the device objected to in the commands that `submit` sent: a validation or memory fault, or nothing. */
export async function firstFault(device: GPUDevice, submit: () => void): Promise<GPUError | null> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  let faults: Promise<(GPUError | null)[]>;
  try {
    submit();
  } finally {
    faults = Promise.all([device.popErrorScope(), device.popErrorScope()]);
    faults.catch(() => undefined);
  }
  return (await faults).find((fault) => fault !== null) ?? null;
}
