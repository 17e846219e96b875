import type { CodeDomain } from '#common/plot/fixedPoint';
import { cellAggregate } from '#common/plot/cellAggregate';
import { fieldKind } from '#common/plot/fieldKind';
import { groupsForm, isCategory } from '#common/plot/groupsForm';
import { plotKind } from '#common/plot/plotKind';
import type { Channel, PlotSpec } from '#common/plot/plotSpec';
import { findColumn } from '#common/plot/validateSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { axisSql, doubleLiteral, spreadOf, wherePlaced } from './axisSql.ts';
import { fieldSource } from './fieldSource.ts';
import { unitChoices } from './unitChoices.ts';

/** Rows that tell which units need not be looked for. */
const HEAD_ROWS = 1000;

/** What one scan tells about an axis column. */
export interface AxisStats {
  /** Rows with a place on the axis. */
  readonly finiteCount: number;
  /** Nulls and NaN; on a log axis zero and below too. */
  readonly nullCount: number;
  readonly infiniteCount: number;
  /** Finite minimum and maximum in data units; both 0 when there is no such row. */
  readonly domain: readonly [number, number];
  /** The same in the units that are coded, see `codedOf`. */
  readonly codeDomain: CodeDomain;
  /** The round unit that all values are multiples of, in data units; 0 where there is none, or nobody needs it. */
  readonly unit: number;
}

/** Channels whose statistics are needed. */
export type StatsName = 'x' | 'y' | 'color' | 'size';

/** What one scan tells about a relation and the axes of a plot. */
export interface PlotStats {
  readonly rowCount: number;
  /** Rows with a place on every axis. */
  readonly drawableCount: number;
  /** Null when the axis holds categories or counts. */
  readonly x: AxisStats | null;
  readonly y: AxisStats | null;
  /** Of the numbers that colours and sizes stand for. */
  readonly color?: AxisStats;
  readonly size?: AxisStats;
}

/**
 * The statistics a plot is planned from, in one scan; `readStats` reads its only row.
 * @throws PikaError `plot-impossible` when a field is missing.
 */
export function statsSql(relation: string, spec: PlotSpec, columns: readonly ColumnInfo[]): string {
  const axes = continuousChannels(spec, columns);
  if (axes.length === 0) return `SELECT count(*) AS row_count, count(*) AS drawable_count FROM ${relation}`;
  const fields = axes.map(({ channel }) => channel.field ?? '');
  const source = fieldSource(relation, columns, fields);
  const inner: string[] = [];
  const outer = ['count(*) AS row_count'];
  const isCounted = plotKind(spec) === 'scatter';
  const head: string[] = [];
  for (const { name, channel } of axes) {
    const { sql, column } = source.read(channel.field ?? '');
    const scale = spreadOf(channel);
    const axis = axisSql(sql, column.type, scale);
    inner.push(`${wherePlaced(axis, axis.value)} AS ${name}`, `${axis.isInfinite} AS ${name}_infinite`);
    outer.push(`count(${name}) AS ${name}_finite`, `count(*) FILTER (${name}_infinite) AS ${name}_infinite`);
    outer.push(`min(${name}) AS ${name}_min`, `max(${name}) AS ${name}_max`);
    if (isCounted && scale === 'linear' && (name === 'x' || name === 'y')) {
      const units = unitChoices(sql, column.type).map(({ known, ofRow }, index) => {
        if (ofRow === null) return doubleLiteral(known);
        const column = `${name}_units${index}`;
        head.push(`min(${wherePlaced(axis, ofRow)}) AS ${column}`);
        const isLikely = `(SELECT ${column} FROM pika_head) > ${doubleLiteral(known)}`;
        inner.push(
          `${wherePlaced(axis, `CASE WHEN ${isLikely} THEN ${ofRow} ELSE ${doubleLiteral(known)} END`)} AS ${column}`,
        );
        return `min(${column})`;
      });
      outer.push(`greatest(${units.join(', ')}) AS ${name}_unit`);
    }
    if (scale === 'linear') continue;
    inner.push(`${wherePlaced(axis, axis.coded)} AS ${name}_coded`);
    outer.push(`min(${name}_coded) AS ${name}_low`, `max(${name}_coded) AS ${name}_high`);
  }
  const drawable = axes
    .filter(({ name }) => name === 'x' || name === 'y' || (name === 'color' && cellAggregate(spec) !== null))
    .map(({ name }) => `${name} IS NOT NULL`)
    .join(' AND ');
  outer.push(`count(*) FILTER (${drawable}) AS drawable_count`);
  const stats = `SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')} FROM ${source.from})`;
  if (head.length === 0) return stats;
  // What the first rows are no multiples of, no row is asked for.
  const first = `SELECT ${head.join(', ')} FROM (FROM ${source.from} LIMIT ${HEAD_ROWS})`;
  return `WITH pika_head AS MATERIALIZED (${first}) ${stats}`;
}

/** The statistics in a row of `statsSql`; numbers may come as `bigint`. */
export function readStats(row: Readonly<Record<string, unknown>>): PlotStats {
  const rowCount = Number(row['row_count'] ?? 0);
  const read = (name: string) => (`${name}_finite` in row ? readAxis(row, name, rowCount) : null);
  const [color, size] = [read('color'), read('size')];
  return {
    rowCount,
    drawableCount: Number(row['drawable_count'] ?? 0),
    x: read('x'),
    y: read('y'),
    ...(color ? { color } : {}),
    ...(size ? { size } : {}),
  };
}

function readAxis(row: Readonly<Record<string, unknown>>, name: string, rowCount: number): AxisStats {
  const numberAt = (key: string) => Number(row[`${name}_${key}`] ?? 0);
  const finiteCount = numberAt('finite');
  const infiniteCount = numberAt('infinite');
  const domain = [numberAt('min'), numberAt('max')] as const;
  return {
    finiteCount,
    nullCount: rowCount - finiteCount - infiniteCount,
    infiniteCount,
    domain,
    codeDomain: `${name}_low` in row ? [numberAt('low'), numberAt('high')] : domain,
    unit: numberAt('unit'),
  };
}

interface NamedChannel {
  readonly name: StatsName;
  readonly channel: Channel;
}

function continuousChannels(spec: PlotSpec, columns: readonly ColumnInfo[]): readonly NamedChannel[] {
  const kind = plotKind(spec);
  if (kind === 'groups') return placeChannels(spec, columns);
  const isPair = kind === 'scatter' || kind === 'line';
  return [
    ...(spec.x && (isPair || kind === 'histogram') ? [{ name: 'x' as const, channel: spec.x }] : []),
    ...(spec.y && isPair ? [{ name: 'y' as const, channel: spec.y }] : []),
    ...(kind === 'scatter' ? numberChannels(spec, columns) : []),
  ];
}

/** The numbers and times that colours and sizes stand for. */
function numberChannels(spec: PlotSpec, columns: readonly ColumnInfo[]): readonly NamedChannel[] {
  return (['color', 'size'] as const).flatMap((name) => {
    const channel = spec[name];
    const kind = fieldKind(findColumn(columns, channel?.field ?? '')?.type ?? '');
    const isContinuous = kind === 'quantitative' || kind === 'temporal';
    return channel && isContinuous && !isCategory(channel) ? [{ name, channel }] : [];
  });
}

/** The number and time axes along which groups stand. */
function placeChannels(spec: PlotSpec, columns: readonly ColumnInfo[]): readonly NamedChannel[] {
  const form = groupsForm(spec);
  if (!form) return [];
  const names = form.shape === 'heat' ? (['x', 'y'] as const) : [form.place];
  return names.flatMap((name) => {
    const channel = spec[name];
    const kind = fieldKind(findColumn(columns, channel?.field ?? '')?.type ?? '');
    const isContinuous = kind === 'quantitative' || kind === 'temporal';
    return channel && isContinuous && !isCategory(channel) ? [{ name, channel }] : [];
  });
}
