/**
 * Turns every value into the sum of all values before it, modulo 2 ** 32. Twin of shaders/prefixSum.wgsl.
 * @param before Sum of what comes before the first value.
 * @returns The sum of everything, which is `before` of the values that follow.
 */
export function sumBefore(values: Uint32Array, before = 0): number {
  let sum = before >>> 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    values[index] = sum;
    sum = (sum + value) >>> 0;
  }
  return sum;
}
