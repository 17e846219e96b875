import type { ExportSpec } from '#common/protocol/exportContract';
import { quoteLiteral } from '../../query/quote.ts';

/** A format that DuckDB's own COPY writes. */
export type CopySpec = Exclude<ExportSpec, { readonly format: 'arrow' | 'duckdb' }>;

/** COPY of a SELECT that has passed the gate into a file of ours. */
export function copySql(select: string, path: string, spec: CopySpec): string {
  const options = [...optionsOf(spec), 'USE_TMP_FILE false'];
  return `COPY (${select}\n) TO ${quoteLiteral(path)} (${options.join(', ')})`;
}

function optionsOf(spec: CopySpec): readonly string[] {
  switch (spec.format) {
    case 'csv':
    case 'tsv':
      return [
        'FORMAT csv',
        `HEADER ${spec.hasHeader}`,
        `DELIMITER ${spec.format === 'csv' ? "','" : "'\t'"}`,
        `COMPRESSION ${spec.compression}`,
      ];
    case 'json':
    case 'jsonl':
      return ['FORMAT json', `ARRAY ${spec.format === 'json'}`, `COMPRESSION ${spec.compression}`];
    case 'parquet':
      return ['FORMAT parquet', `COMPRESSION ${spec.codec}`, `ROW_GROUP_SIZE ${Math.trunc(spec.rowGroupRows)}`];
  }
}
