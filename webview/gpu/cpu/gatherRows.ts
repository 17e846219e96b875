import { FIXED_NULL } from '#common/plot/plotData';

/** The codes of given rows of a column that comes in batches; `rows` ascend. Twin of shaders/gatherRows.wgsl. */
export function gatherRows(batches: readonly Uint32Array[], rows: Uint32Array): Uint32Array<ArrayBuffer> {
  const gathered = new Uint32Array(rows.length);
  let [batch, before] = [0, 0];
  rows.forEach((row, index) => {
    while (batch < batches.length && row >= before + (batches[batch]?.length ?? 0)) {
      before += batches[batch]?.length ?? 0;
      batch += 1;
    }
    gathered[index] = batches[batch]?.[row - before] ?? FIXED_NULL;
  });
  return gathered;
}
