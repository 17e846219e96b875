import { FIXED_NULL } from '#common/plot/plotData';
import type { FieldSource } from './fieldSource.ts';
import type { PlannedAxis } from './plannedAxis.ts';

/** Every row's code as column `x`, in the order of the rows. */
export function histogramColumnsSql(source: FieldSource, x: PlannedAxis): string {
  return `SELECT ${x.codeOrNull} AS x FROM ${source.from}`;
}

/**
 * Rows per bin as columns `bin` and `count`, empty bins left out: exactly what counting the codes gives.
 * @param thresholds Ascending codes, see `edgeCodes`; the last bin holds its upper one too, and codes beyond are not counted.
 */
export function histogramBinsSql(source: FieldSource, x: PlannedAxis, thresholds: Uint32Array): string {
  const codes = `SELECT ${x.code} AS code FROM ${source.from} WHERE ${x.isPlaced}`;
  const bin = binSql(thresholds, 'code');
  const isInside = `code >= ${thresholds[0] ?? 0} AND code <= ${thresholds.at(-1) ?? FIXED_NULL}`;
  const bins = `SELECT CAST(${bin} AS USMALLINT) AS bin FROM (${codes}) WHERE ${isInside}`;
  return `SELECT CAST(bin AS UINTEGER) AS bin, CAST(count(*) AS UINTEGER) AS count FROM (${bins}) GROUP BY bin ORDER BY bin`;
}

/** The bin of a code by halving: as many comparisons as the number of bins has bits. */
export function binSql(thresholds: Uint32Array, code: string, first = 0, end = thresholds.length - 1): string {
  if (end - first <= 1) return String(first);
  const middle = (first + end) >> 1;
  const [below, above] = [binSql(thresholds, code, first, middle), binSql(thresholds, code, middle, end)];
  return `CASE WHEN ${code} < ${thresholds[middle] ?? FIXED_NULL} THEN ${below} ELSE ${above} END`;
}
