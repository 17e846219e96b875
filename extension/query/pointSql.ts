import { PikaError } from '#common/base/pikaError';
import { baseType, fieldKind, isIntegerType } from '#common/plot/fieldKind';
import type { NearValue } from '#common/protocol/plotContract';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { Channel, PlotSpec } from '#common/plot/plotSpec';
import { findColumn } from '#common/plot/validateSpec';
import { axisSql, doubleLiteral } from './axisSql.ts';
import { dataLiteral } from './dataLiteral.ts';
import { placedRelation, placeName } from './viewSql.ts';

const DAY_MS = 86_400_000;
const MICROSECOND_MS = 1e-3;

/** More columns than this are no tooltip and no first look. */
const MOST_COLUMNS = 24;

/** Columns of a plotted relation by index: those of the channels first, then the others, a bearable number of them. */
export function shownColumns(spec: PlotSpec, columns: readonly ColumnInfo[]): readonly number[] {
  const channels = [spec.x, spec.y, spec.color, spec.size].map((channel) => channel?.field);
  const fields = channels.flatMap((field) => (field === undefined ? [] : (findColumn(columns, field) ?? [])));
  const first = fields.map((column) => columns.indexOf(column));
  return [...new Set([...first, ...columns.keys()])].slice(0, MOST_COLUMNS);
}

/** What rows are read from, and which of its columns are shown. */
export interface RowsQuestion {
  readonly relation: string;
  readonly columns: readonly ColumnInfo[];
  readonly shown: readonly number[];
}

/** The row nearest to a place, as texts `c0`, `c1`, … in the order of `shown`, and `total`: the rows at that place. */
export function pointSql(question: RowsQuestion, spec: PlotSpec, x: NearValue, y: NearValue): string {
  const [across, up] = [nearSql(question, spec.x, x), nearSql(question, spec.y, y)];
  const near = `SELECT *, count(*) OVER () AS total FROM ${fromSql(question)} WHERE ${across.isNear} AND ${up.isNear}`;
  return `SELECT ${textList(question)}, CAST(total AS DOUBLE) AS total FROM (${near} ORDER BY ${across.distance} + ${up.distance} LIMIT 1)`;
}

/** The first rows, as texts `c0`, `c1`, … in the order of `shown`. */
export function firstRowsSql(question: RowsQuestion, limit: number): string {
  return `SELECT ${textList(question)} FROM ${fromSql(question)} LIMIT ${limit}`;
}

function fromSql({ relation, columns }: RowsQuestion): string {
  return placedRelation({ relation }, columns.length);
}

function textList({ shown }: RowsQuestion): string {
  return shown.map((index, place) => `CAST(${placeName(index)} AS VARCHAR) AS c${place}`).join(', ');
}

interface NearSql {
  readonly isNear: string;
  /** In tolerances. */
  readonly distance: string;
}

function nearSql({ columns }: RowsQuestion, channel: Channel | undefined, { value, tolerance }: NearValue): NearSql {
  const column = findColumn(columns, channel?.field ?? '');
  if (!column) throw new PikaError('plot-impossible', `There is no column "${channel?.field ?? ''}" here.`);
  const sql = placeName(columns.indexOf(column));
  // A comparison with the column itself, not with a number made of it, lets DuckDB skip what cannot hold the row.
  const [low, high] = boundsAround(value, tolerance, column.type);
  const { value: place } = axisSql(sql, column.type, 'linear');
  return {
    isNear: `${sql} BETWEEN ${boundLiteral(low, column.type)} AND ${boundLiteral(high, column.type)}`,
    distance: `abs(${place} - ${doubleLiteral(value)}) / ${doubleLiteral(tolerance > 0 ? tolerance : 1)}`,
  };
}

/** DuckDB compares a FLOAT with a decimal literal as FLOAT, rounded; with a double one exactly. */
function boundLiteral(value: number, type: string): string {
  return isFloat(type) ? doubleLiteral(value) : dataLiteral(value, type);
}

function isFloat(type: string): boolean {
  const base = baseType(type);
  return base === 'FLOAT' || base === 'DOUBLE';
}

/** Bounds that the column's type can hold, rounded outwards. */
function boundsAround(value: number, tolerance: number, type: string): readonly [number, number] {
  const room = tolerance + Math.abs(value) * Number.EPSILON;
  const [low, high] = [value - room, value + room];
  if (baseType(type) === 'DATE') return [Math.floor(low / DAY_MS) * DAY_MS, Math.ceil(high / DAY_MS) * DAY_MS];
  if (isIntegerType(type)) return [Math.floor(low), Math.ceil(high)];
  if (fieldKind(type) === 'temporal') return [low - MICROSECOND_MS, high + MICROSECOND_MS];
  return [Math.max(-Number.MAX_VALUE, low), Math.min(Number.MAX_VALUE, high)];
}
