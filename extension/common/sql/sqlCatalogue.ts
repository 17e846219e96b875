import type { ColumnInfo } from '../protocol/engineContract.ts';

/** A function that a query may call, as `duckdb_functions()` describes it. */
export interface SqlFunction {
  readonly name: string;
  readonly kind: 'scalar' | 'aggregate' | 'table' | 'macro';
  /** Parameter names of one of its forms. */
  readonly parameters: readonly string[];
  /** Empty where only a call tells. */
  readonly returnType: string;
  readonly description: string;
  readonly example: string;
}

/** A node that queries can read. */
export interface SqlTable {
  readonly name: string;
  /** What it is, in a word. */
  readonly kind: 'source' | 'query';
  /** Empty while unknown. */
  readonly columns: readonly ColumnInfo[];
}

/** Everything that completion chooses from. */
export interface SqlCatalogue {
  readonly tables: readonly SqlTable[];
  readonly functions: readonly SqlFunction[];
  /** Keywords that DuckDB's grammar takes at the cursor, best first. */
  readonly keywords: readonly string[];
  /** Paths as a query would write them. */
  readonly files: readonly string[];
  /** Names of the query's parameters, without their dollar sign. */
  readonly parameters: readonly string[];
}

/** `date_trunc(part, timestamp) → TIMESTAMP` without its name. */
export function signatureOf({ parameters, returnType }: SqlFunction): string {
  return `(${parameters.join(', ')})${returnType === '' ? '' : ` → ${returnType}`}`;
}
