import { titleOfField } from '#common/plot/columnRoles';
import { fieldKind } from '#common/plot/fieldKind';
import { stepOf, type CodeDomain } from '#common/plot/fixedPoint';
import { FIXED_NULL, type ContinuousAxis } from '#common/plot/plotData';
import type { Channel } from '#common/plot/plotSpec';
import { axisSql, codeSql, spreadOf, wherePlaced } from './axisSql.ts';
import type { FieldSource } from './fieldSource.ts';
import type { AxisStats } from './statsSql.ts';

/** An axis with known statistics: what the plot's header says of it, and the SQL of its codes. */
export interface PlannedAxis {
  readonly header: ContinuousAxis;
  readonly codeDomain: CodeDomain;
  /** A condition: true where a row has a place on the axis. */
  readonly isPlaced: string;
  /** UINTEGER code; only for rows that have a place. */
  readonly code: string;
  /** SQL of the column itself. */
  readonly column: string;
  /** The code of a value of the column's type that has a place. */
  codeOf(value: string): string;
  /** UINTEGER code, `FIXED_NULL` where a row has no place. */
  readonly codeOrNull: string;
}

/** Plans one number or time axis. */
export function planAxis(channel: Channel, source: FieldSource, stats: AxisStats): PlannedAxis {
  const { sql, column } = source.read(channel.field ?? '');
  const scale = spreadOf(channel);
  const { codeDomain, domain, nullCount, infiniteCount } = stats;
  const header: ContinuousAxis = {
    kind: fieldKind(column.type) === 'temporal' ? 'temporal' : 'quantitative',
    field: column.name,
    title: channel.title ?? titleOfField(column.name),
    type: column.type,
    domain,
    origin: codeDomain[0],
    step: stepOf(codeDomain),
    ...(scale === 'linear' ? {} : { scale }),
    ...(channel.scale?.type === 'time' ? { isLocal: true } : {}),
    nullCount,
    infiniteCount,
  };
  const axis = axisSql(sql, column.type, scale);
  const codeOf = (value: string) => codeSql(axisSql(value, column.type, scale).coded, codeDomain);
  const code = codeOf(sql);
  const codeOrNull = `coalesce(${wherePlaced(axis, code)}, ${FIXED_NULL})`;
  return { header, codeDomain, isPlaced: axis.isPlaced, column: sql, code, codeOf, codeOrNull };
}
