/** A fault of a SQL text, at UTF-16 offsets. */
export interface SqlProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** What could stand there instead, best first. */
  readonly fixes: readonly string[];
}

/** A table for binding: its columns, without its rows. */
export interface SqlTableShape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}
