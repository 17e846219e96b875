import { titleOfField } from '#common/plot/columnRoles';
import { fieldKind } from '#common/plot/fieldKind';
import { evenValues } from '#common/plot/evenValues';
import { codeDomain, stepOf, type CodeDomain } from '#common/plot/fixedPoint';
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

/** What the header of an axis says of the clock that it shows; nothing for UTC. @param timeZone That of the page. */
export function localClock({ scale }: Channel, timeZone: string): Pick<ContinuousAxis, 'isLocal' | 'timeZone'> {
  return scale?.type === 'time' ? { isLocal: true, timeZone } : {};
}

/** Plans one number or time axis. @param hasCells Whether codes are counted in cells, which even values are aligned with. */
export function planAxis(
  channel: Channel,
  source: FieldSource,
  stats: AxisStats,
  { timeZone, hasCells = false }: { readonly timeZone: string; readonly hasCells?: boolean },
): PlannedAxis {
  const { sql, column } = source.read(channel.field ?? '');
  const scale = spreadOf(channel);
  const { domain, nullCount, infiniteCount } = stats;
  const even = hasCells && scale === 'linear' ? evenValues(domain, stats.unit) : null;
  const coding = even ? codeDomain({ domain, even }) : stats.codeDomain;
  const header: ContinuousAxis = {
    kind: fieldKind(column.type) === 'temporal' ? 'temporal' : 'quantitative',
    field: column.name,
    title: channel.title ?? titleOfField(column.name),
    type: column.type,
    domain,
    origin: coding[0],
    step: stepOf(coding),
    ...(scale === 'linear' ? {} : { scale }),
    ...localClock(channel, timeZone),
    ...(even ? { even } : {}),
    nullCount,
    infiniteCount,
  };
  const axis = axisSql(sql, column.type, scale);
  const codeOf = (value: string) => codeSql(axisSql(value, column.type, scale).coded, coding);
  const code = codeOf(sql);
  const codeOrNull = `coalesce(${wherePlaced(axis, code)}, ${FIXED_NULL})`;
  return { header, codeDomain: coding, isPlaced: axis.isPlaced, column: sql, code, codeOf, codeOrNull };
}
