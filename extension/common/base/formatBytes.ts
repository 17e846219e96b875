const PER_STEP = 1000;
const BYTE_UNITS = [' byte', ' kB', ' MB', ' GB', ' TB'];

/** `12.9 MB`, decimal units as file managers show them. */
export function formatBytes(byteLength: number): string {
  const text = withUnit(byteLength, BYTE_UNITS);
  return byteLength < PER_STEP && byteLength !== 1 ? `${text}s` : text;
}

/** A value with the largest of `units`, each a thousand times the one before, that leaves at most three digits. */
export function withUnit(value: number, units: readonly string[]): string {
  let scaled = value;
  let step = 0;
  while (scaled >= PER_STEP - 0.5 && step < units.length - 1) {
    scaled /= PER_STEP;
    step++;
  }
  const digits = step > 0 && scaled < 100 ? 1 : 0;
  return `${scaled.toFixed(digits)}${units[step] ?? ''}`;
}
