import type { Data, Dictionary, Vector } from 'apache-arrow';
import { makeData } from 'apache-arrow';
import type { ColumnFacts } from './columnBuilder.ts';
import { FixedColumn, type FixedLayout } from './fixedColumn.ts';

/** ENUM: the codes are DuckDB's own, the names travel as the dictionary. */
export class EnumColumn extends FixedColumn {
  constructor(
    layout: FixedLayout & { readonly type: Dictionary },
    private readonly dictionary: Vector,
  ) {
    super(layout);
  }

  protected override finishValues(column: ColumnFacts): Data {
    const codes = super.finishValues(column);
    return makeData({ ...column, type: this.type as Dictionary, data: codes.values, dictionary: this.dictionary });
  }
}
