import { titleOfField } from '#common/plot/columnRoles';
import { fieldKind } from '#common/plot/fieldKind';
import { stepOf, type CodeDomain } from '#common/plot/fixedPoint';
import type { ContinuousAxis } from '#common/plot/plotData';
import type { Channel } from '#common/plot/plotSpec';
import { axisSql, codeSql } from './axisSql.ts';
import type { FieldSource } from './fieldSource.ts';
import type { AxisStats } from './statsSql.ts';

/** An axis with known statistics: what the plot's header says of it, and the SQL of its codes. */
export interface PlannedAxis {
  readonly header: ContinuousAxis;
  readonly codeDomain: CodeDomain;
  /** UINTEGER code, null where a row has no place on the axis. */
  readonly code: string;
}

/** Plans one number or time axis. */
export function planAxis(channel: Channel, source: FieldSource, stats: AxisStats): PlannedAxis {
  const { sql, column } = source.read(channel.field ?? '');
  const scale = channel.scale?.type === 'log' ? 'log' : 'linear';
  const { codeDomain, domain, nullCount, infiniteCount } = stats;
  const header: ContinuousAxis = {
    kind: fieldKind(column.type) === 'temporal' ? 'temporal' : 'quantitative',
    field: column.name,
    title: channel.title ?? titleOfField(column.name),
    type: column.type,
    domain,
    origin: codeDomain[0],
    step: stepOf(codeDomain),
    ...(scale === 'log' ? { scale } : {}),
    nullCount,
    infiniteCount,
  };
  return { header, codeDomain, code: codeSql(axisSql(sql, column.type, scale).coded, codeDomain) };
}
