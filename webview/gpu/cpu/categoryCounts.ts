/** Adds the rows per category to `counts`; indexes that are no category, FIXED_NULL among them, are skipped. Twin of shaders/categoryCounts.wgsl. */
export function addCategories(codes: Uint32Array, counts: Uint32Array): void {
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? counts.length;
    if (code < counts.length) counts[code] = (counts[code] ?? 0) + 1;
  }
}
