import type { Data, Dictionary, Vector } from 'apache-arrow';
import { makeData } from 'apache-arrow';
import type { ColumnFacts } from './columnBuilder.ts';
import { FixedColumn, type FixedLayout } from './fixedColumn.ts';

/** ENUM: the codes are DuckDB's own, the names travel as the dictionary. */
export class EnumColumn extends FixedColumn {
  constructor(
    private readonly codes: FixedLayout & { readonly type: Dictionary },
    private readonly dictionary: Vector,
  ) {
    super(codes);
  }

  protected override finishValues(column: ColumnFacts): Data {
    const data = super.finishValues(column).values as Uint8Array | Uint16Array | Uint32Array;
    return makeData({ ...column, type: this.codes.type, data, dictionary: this.dictionary } as never);
  }
}
