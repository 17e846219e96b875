import { PikaError } from '#common/base/pikaError';
import { sqlIdentifier } from '#common/document/names';
import { fieldKind, isIntegerType } from '#common/plot/fieldKind';
import {
  cornerRange,
  polygonEdges,
  type AxisSelection,
  type Corner,
  type PlotSelection,
} from '#common/plot/plotSelection';
import type { AxisName } from '#common/plot/groupsForm';
import type { Channel, PlotSpec } from '#common/plot/plotSpec';
import { valueOfCoded } from '#common/plot/scaleCoding';
import { findColumn } from '#common/plot/validateSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { axisSql, spreadOf } from './axisSql.ts';
import { dataLiteral } from './dataLiteral.ts';
import { filterSql } from './filterSql.ts';
import { timeUnitSql } from './timeUnitSql.ts';

/** What a selection is made in. */
export interface SelectionContext {
  readonly spec: PlotSpec;
  readonly columns: readonly ColumnInfo[];
  /** IANA name of the zone whose clock the page shows. */
  readonly timeZone: string;
}

/**
 * A selection as the body of a WHERE clause that a person would write, one condition a line.
 * @throws PikaError `bad-request` when its axis has no column.
 */
export function selectionSql(selection: PlotSelection, context: SelectionContext): string {
  const conditions =
    selection.kind === 'polygon' ? polygonConditions(selection.corners, context) : rangeConditions(selection, context);
  if (conditions.length === 0) throw new PikaError('bad-request', 'Nothing is selected.');
  return conditions.join('\nAND ');
}

/** The query of a filter node: the rows of `dataId` that a condition holds for. */
export function filterNodeSql(dataId: string, condition: string): string {
  return `SELECT *\nFROM ${sqlIdentifier(dataId)}\nWHERE ${condition.replaceAll('\n', '\n  ')}`;
}

/** Counts the rows that a condition holds for. */
export function conditionCountSql(relation: string, condition: string): string {
  return `SELECT count(*) AS row_count FROM ${relation} WHERE ${condition}`;
}

interface AxisColumn {
  readonly name: string;
  readonly type: string;
  readonly channel: Channel;
  readonly timeZone: string;
}

function axisColumn(axis: AxisName, { spec, columns, timeZone }: SelectionContext): AxisColumn {
  const channel = spec[axis] ?? {};
  const column = findColumn(columns, channel.field ?? '');
  if (!column) throw new PikaError('bad-request', `The ${axis} axis of this plot shows no column to select by.`);
  return { name: sqlIdentifier(column.name), type: column.type, channel, timeZone };
}

function rangeConditions(
  selection: Extract<PlotSelection, { kind: 'ranges' }>,
  context: SelectionContext,
): readonly string[] {
  return (['x', 'y'] as const).flatMap((axis) => {
    const part = selection[axis];
    return part ? axisConditions(part, axisColumn(axis, context)) : [];
  });
}

function axisConditions(part: AxisSelection, column: AxisColumn): readonly string[] {
  const { name, type } = column;
  switch (part.kind) {
    case 'values': {
      const [low, high] = [dataLiteral(part.low, type), dataLiteral(part.high, type)];
      return [part.isHighIncluded ? `${name} BETWEEN ${low} AND ${high}` : `${name} >= ${low} AND ${name} < ${high}`];
    }
    case 'categories':
      return [categoryCondition(part, column)];
    case 'placed':
      return placedConditions(column);
  }
}

function placedConditions({ name, type, channel }: AxisColumn): readonly string[] {
  const scale = channel.scale?.type === 'log' ? 'log' : 'linear';
  if (scale === 'linear') return [axisSql(name, type, scale).isPlaced];
  return [axisSql(name, type, 'linear').isPlaced, `${name} > 0`];
}

function categoryCondition(
  { names, othersThan }: Extract<AxisSelection, { kind: 'categories' }>,
  { name, type, channel, timeZone }: AxisColumn,
): string {
  const isUnit = channel.timeUnit !== undefined && fieldKind(type) === 'temporal';
  const [key, keyType] = isUnit ? [timeUnitSql({ sql: name, type }, channel, timeZone), 'VARCHAR'] : [name, type];
  const condition = (values: readonly (string | null)[], isExcluded: boolean) =>
    filterSql({ kind: 'values', column: '', values, isExcluded }, key, keyType);
  if (!othersThan) return withoutOuterBrackets(condition(names, false));
  const others = condition(othersThan, true);
  return names.length === 0 ? others : `(${condition(names, false)} OR ${others})`;
}

/** A list of values and NULL stays in brackets, a single test needs none. */
function withoutOuterBrackets(condition: string): string {
  return condition.includes(' OR ') ? condition : condition.replace(/^\((.*)\)$/s, '$1');
}

function polygonConditions(corners: readonly Corner[], context: SelectionContext): readonly string[] {
  const [x, y] = [axisColumn('x', context), axisColumn('y', context)];
  const [xRange, yRange] = [cornerRange(corners, 0), cornerRange(corners, 1)];
  const box = [boxCondition(x, xRange), boxCondition(y, yRange)];
  const [across, up] = [operandOf(x, xRange), operandOf(y, yRange)];
  const edges = polygonEdges(corners).map(({ low, high, x: start, slope }) => {
    const height = low === 0 ? up.number : `(${up.number} ${signed(-low)})`;
    const right = slope === 0 ? String(start) : `${start} ${signed(slope, doubleText)} * ${height}`;
    return `(${up.compared} >= ${low} AND ${up.compared} < ${high} AND ${across.compared} < ${right})::INT`;
  });
  const list = edges.length === 0 ? '0' : edges.join('\n  + ');
  // The comment stands after its line's condition, so that the lines can be joined by AND.
  return [...box, `( -- inside the polygon: an odd number of its edges lies to the right\n    ${list}\n  ) % 2 = 1`];
}

/** A number with its sign before it, as a further term. */
function signed(value: number, text: (size: number) => string = String): string {
  return value < 0 ? `- ${text(-value)}` : `+ ${text(value)}`;
}

/** A DOUBLE literal: one of DECIMAL would make a product of many digits, which can be too long for its type. */
function doubleText(value: number): string {
  const text = String(value);
  return text.includes('e') ? text : `${text}e0`;
}

const isLog = ({ channel }: AxisColumn): boolean => channel.scale?.type === 'log';

/** Whether corners are in coded units. */
const isCoded = ({ channel }: AxisColumn): boolean => ['symlog', 'sqrt'].includes(spreadOf(channel));

function boxCondition(column: AxisColumn, range: readonly [number, number]): string {
  const [low, high] = boxBounds(column, range).map((value) => dataLiteral(value, column.type));
  return `${column.name} BETWEEN ${low ?? ''} AND ${high ?? ''}`;
}

/** The polygon decides; its box may be a little larger, and on a log axis it has to be for powers that are rounded, as for roots. */
function boxBounds(column: AxisColumn, [low, high]: readonly [number, number]): readonly [number, number] {
  if (isLog(column)) return [roundedDown(10 ** low), roundedUp(10 ** high)];
  if (isCoded(column)) {
    const [from, to] = [low, high].map((corner) => valueOfCoded(corner, spreadOf(column.channel))) as [number, number];
    return [from < 0 ? -roundedUp(-from) : roundedDown(from), to < 0 ? -roundedDown(-to) : roundedUp(to)];
  }
  const isWhole = fieldKind(column.type) === 'temporal' || isIntegerType(column.type);
  return isWhole ? [Math.floor(low), Math.ceil(high)] : [low, high];
}

const BOX_DIGITS = 4;

function roundedDown(value: number): number {
  return Number((value * (1 - 10 ** -BOX_DIGITS)).toPrecision(BOX_DIGITS + 1));
}

function roundedUp(value: number): number {
  return Number((value * (1 + 10 ** -BOX_DIGITS)).toPrecision(BOX_DIGITS + 1));
}

/** A column on its axis's own scale, as the corners are: to be compared with them, and as a DOUBLE to calculate with. */
interface Operand {
  readonly compared: string;
  readonly number: string;
}

function operandOf(column: AxisColumn, range: readonly [number, number]): Operand {
  const { name, type } = column;
  const same = (sql: string): Operand => ({ compared: sql, number: sql });
  if (fieldKind(type) === 'temporal') return { compared: `epoch_ms(${name})`, number: `epoch_ms(${name})::DOUBLE` };
  // The logarithm of what is not above zero would fail, also for rows that the box leaves out.
  if (isLog(column)) return same(`log10(greatest(${name}, ${dataLiteral(boxBounds(column, range)[0], 'DOUBLE')}))`);
  if (isCoded(column)) return same(`(${axisSql(name, type, spreadOf(column.channel)).coded})`);
  if (type === 'DOUBLE') return same(name);
  const isPlain = isIntegerType(type) && !/HUGE|BIGNUM/.test(type);
  const number = `${name}::DOUBLE`;
  return isPlain || type.startsWith('DECIMAL') ? { compared: name, number } : same(number);
}
