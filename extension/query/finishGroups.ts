import { PikaError } from '#common/base/pikaError';
import { titleOfField } from '#common/plot/columnRoles';
import { fieldKind } from '#common/plot/fieldKind';
import { codeDomain, stepOf } from '#common/plot/fixedPoint';
import type { AxisName, GroupsForm } from '#common/plot/groupsForm';
import type { BoxFigures, CategoryAxis, ContinuousAxis, GroupAxis, PlotGroup } from '#common/plot/plotData';
import type { Channel } from '#common/plot/plotSpec';
import { aggregateTitle, channelTitle } from '#common/plot/plotTitle';
import { findColumn } from '#common/plot/validateSpec';
import { groupValueRange, stackedGroups } from '#common/plot/groupStacks';
import { spreadOf } from './axisSql.ts';
import type { GroupKey } from './groupsSql.ts';
import { localClock } from './plannedAxis.ts';
import { sharedHeader } from './planParts.ts';
import type { FinishedPlan, PlotRequest } from './plotPlan.ts';

type Row = Readonly<Record<string, unknown>>;

/** The categories of one key: which index each place of SQL has, and the axis that shows them. */
interface CategoryOrder {
  readonly names: readonly (string | null)[];
  readonly otherCount: number;
  readonly indexOf: ReadonlyMap<number, number>;
}

/** The header of a plot of groups, with all groups in it. */
export function finishGroups(
  request: PlotRequest,
  form: GroupsForm,
  keys: readonly GroupKey[],
  rows: readonly Row[],
): FinishedPlan {
  const { spec } = request;
  const isHeat = form.shape === 'heat';
  const orders = keys.map((key, index) => {
    const isPlace = index === 0 || isHeat;
    const axis = index === 1 && isHeat ? 'y' : isHeat ? 'x' : form.place;
    return key.places.kind === 'category' ? categoryOrder(rows, index, key, isPlace ? spec[axis] : undefined) : null;
  });
  const found = rows.map((row) => groupOf(row, keys, orders, form)).filter((group) => isHeat || group.value !== null);
  const groups = arranged(found, form);
  const placeAxis = (index: number, axis: AxisName) =>
    axisOfPlace(request, axis, keys[index], orders[index] ?? null, groups);
  const value = valueAxis(request, form, groups);
  const [x, y] = isHeat
    ? [placeAxis(0, 'x'), placeAxis(1, 'y')]
    : form.place === 'x'
      ? [placeAxis(0, 'x'), value]
      : [value, placeAxis(0, 'y')];
  const series = isHeat ? null : (orders[1] ?? null);
  const drawableCount = groups.reduce((sum, group) => sum + group.rows, 0);
  const header = {
    ...sharedHeader(request, 'groups', 'aggregate'),
    drawableCount,
    strategy: 'aggregate' as const,
    shape: form.shape,
    place: form.place,
    arrangement: form.arrangement,
    x,
    y,
    series: series?.names ?? [null],
    seriesTitle: series && form.series ? channelTitle(form.series) : null,
    valueTitle: aggregateTitle(form.value, form.aggregate),
    valueDomain: groupValueRange(groups),
    groups,
  };
  return { header, sql: `SELECT 0::UINTEGER AS category, ${Math.min(drawableCount, 0xffffffff)}::UINTEGER AS count` };
}

/** Groups in drawing order, with what their shape makes of their values. */
function arranged(groups: readonly PlotGroup[], form: GroupsForm): readonly PlotGroup[] {
  const ordered = groups.toSorted(
    (one, other) => one.series - other.series || one.at - other.at || (one.row ?? 0) - (other.row ?? 0),
  );
  if (form.shape !== 'steps') return ordered;
  const totals = new Map<number, number>();
  for (const { series, rows } of ordered) totals.set(series, (totals.get(series) ?? 0) + rows);
  const sums = new Map<number, number>();
  return ordered.map((group) => {
    const sum = (sums.get(group.series) ?? 0) + group.rows;
    sums.set(group.series, sum);
    return { ...group, value: sum / (totals.get(group.series) ?? 1) };
  });
}

function categoryOrder(
  rows: readonly Row[],
  index: number,
  key: GroupKey,
  channel: Channel | undefined,
): CategoryOrder {
  const at = (row: Row) => Number(row[`at${index}`]);
  const first = new Map(rows.map((row) => [at(row), row]));
  const places = [...first.keys()].filter((place) => place >= 0);
  const isNatural = key.places.kind === 'category' && key.places.isOrdered && key.keeps === 'frequent';
  const sort = channel?.sort ?? (isNatural ? 'ascending' : null);
  const naturalOf = (place: number) => Number(first.get(place)?.[`natural${index}`]);
  const sign = sort === 'descending' ? -1 : 1;
  const byName = sort === 'ascending' || sort === 'descending';
  places.sort((one, other) => (byName ? sign * (naturalOf(one) - naturalOf(other)) : one - other));
  const total = Number(first.get(places[0] ?? -1)?.[`total${index}`] ?? 0);
  const names = places.map((place) => textOf(first.get(place)?.[`name${index}`]));
  const hasOther = first.has(-1);
  if (hasOther) places.push(-1);
  return {
    names: hasOther ? [...names, 'other'] : names,
    otherCount: hasOther ? total - names.length : 0,
    indexOf: new Map(places.map((place, order) => [place, order])),
  };
}

function groupOf(
  row: Row,
  keys: readonly GroupKey[],
  orders: readonly (CategoryOrder | null)[],
  { shape }: GroupsForm,
): PlotGroup {
  const spans = keys.map((key, index) => spanOf(Number(row[`at${index}`]), key, orders[index] ?? null));
  const [place, second] = spans;
  const value = row['value'] === null || row['value'] === undefined ? null : finiteOf(Number(row['value']));
  const facts = {
    at: place?.at ?? 0,
    ...(place?.end === undefined ? {} : { end: place.end }),
    value,
    rows: Number(row['rows']),
  };
  if (shape === 'heat') {
    return { ...facts, series: 0, row: second?.at ?? 0, ...(second?.end === undefined ? {} : { rowEnd: second.end }) };
  }
  const group = { ...facts, series: second?.at ?? 0 };
  return shape === 'box' ? { ...group, box: boxOf(row) } : group;
}

/** A sum beyond the largest double has no place on an axis. */
function finiteOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function spanOf(at: number, { places }: GroupKey, order: CategoryOrder | null): { at: number; end?: number } {
  if (order) return { at: order.indexOf.get(at) ?? 0 };
  if (places.kind !== 'bins') return { at };
  return { at: places.edges[at] ?? 0, end: places.edges[at + 1] ?? 0 };
}

function boxOf(row: Row): BoxFigures {
  const text = typeof row['outliers'] === 'string' ? row['outliers'] : '';
  return {
    low: Number(row['low']),
    firstQuartile: Number(row['q1']),
    thirdQuartile: Number(row['q3']),
    high: Number(row['high']),
    outliers: text === '' ? [] : text.split(',').map(Number),
    outlierCount: Number(row['outlier_count']),
  };
}

function axisOfPlace(
  request: PlotRequest,
  axis: AxisName,
  key: GroupKey | undefined,
  order: CategoryOrder | null,
  groups: readonly PlotGroup[],
): GroupAxis {
  const channel = request.spec[axis] ?? {};
  const field = channel.field ?? '';
  if (order) return categoryAxis(field, channelTitle(channel), order.names, order.otherCount);
  if (field === '' || !key) return categoryAxis('', '', [''], 0);
  const type = findColumn(request.columns, field)?.type ?? 'DOUBLE';
  const edges = key.places.kind === 'bins' ? key.places.edges : groups.map(({ at }) => at);
  const domain = edges.reduce<[number, number]>(
    ([low, high], edge) => [Math.min(low, edge), Math.max(high, edge)],
    [Infinity, -Infinity],
  );
  const kind = fieldKind(type) === 'temporal' ? 'temporal' : 'quantitative';
  const stats = request.stats[axis];
  const facts = { nullCount: stats?.nullCount ?? 0, infiniteCount: stats?.infiniteCount ?? 0 };
  const named = { kind, field, title: channel.title ?? titleOfField(field), type, ...facts } as const;
  return continuousAxis(named, domain, channel, request.timeZone);
}

function categoryAxis(
  field: string,
  title: string,
  categories: readonly (string | null)[],
  otherCount: number,
): CategoryAxis {
  return { kind: 'nominal', field, title, categories, otherCount };
}

type AxisFacts = Pick<ContinuousAxis, 'kind' | 'field' | 'title' | 'type' | 'nullCount' | 'infiniteCount'>;

function continuousAxis(
  facts: AxisFacts,
  [low, high]: readonly [number, number],
  channel: Channel,
  timeZone: string,
): ContinuousAxis {
  const domain: readonly [number, number] = Number.isFinite(low) && Number.isFinite(high) ? [low, high] : [0, 0];
  const wanted = spreadOf(channel);
  const scale = wanted === 'log' && domain[0] <= 0 ? 'linear' : wanted;
  const coded = codeDomain({ domain, scale });
  return {
    ...facts,
    domain,
    origin: coded[0],
    step: stepOf(coded),
    ...(scale === 'linear' ? {} : { scale }),
    ...localClock(channel, timeZone),
  };
}

function valueAxis(request: PlotRequest, form: GroupsForm, groups: readonly PlotGroup[]): ContinuousAxis {
  const { value, aggregate, shape } = form;
  const channel = shape === 'steps' ? (request.spec.y ?? {}) : value;
  const column = findColumn(request.columns, value.field ?? '');
  const keepsType = aggregate !== 'count' && aggregate !== 'distinct' && shape !== 'steps' && column !== undefined;
  const isTime = keepsType && aggregate !== 'sum' && fieldKind(column.type) === 'temporal';
  const facts: AxisFacts = {
    kind: isTime ? 'temporal' : 'quantitative',
    field: channel.field ?? '',
    title: shape === 'box' ? channelTitle(value) : aggregateTitle(channel, aggregate),
    type: isTime ? column.type : 'DOUBLE',
    nullCount: 0,
    infiniteCount: 0,
  };
  const domain = valueDomain(form, groups, isTime);
  if (channel.scale?.type === 'log' && domain[0] <= 0) {
    throw new PikaError('plot-impossible', `${facts.title} reaches ${domain[0]}, and has no logarithm there.`, {
      hint: 'Choose a linear scale.',
    });
  }
  return continuousAxis(facts, domain, channel, request.timeZone);
}

const ROOM = 0.05;

/** What the value axis shows, as far as doubles go. */
function valueDomain(form: GroupsForm, groups: readonly PlotGroup[], isTime: boolean): readonly [number, number] {
  const [low, high] = roomyDomain(form, groups, isTime);
  return [Math.max(low, -Number.MAX_VALUE), Math.min(high, Number.MAX_VALUE)];
}

/** Bars and areas from zero, other marks with a little room around them. */
function roomyDomain(form: GroupsForm, groups: readonly PlotGroup[], isTime: boolean): readonly [number, number] {
  if (form.shape === 'steps') return [0, 1];
  const [low, high] = groupValueRange(stackedGroups(groups, form));
  const isLog = form.value.scale?.type === 'log';
  if (isLog) return [low / 1.1, high * 1.1];
  if ((form.shape === 'bar' || form.shape === 'area') && !isTime) {
    if (form.arrangement === 'normalized') return low < 0 ? [low, Math.max(0, high)] : [0, 1];
    return [low < 0 ? low * (1 + ROOM) : 0, high > 0 ? high * (1 + ROOM) : 0];
  }
  const room = high * ROOM - low * ROOM || Math.abs(low) * ROOM || 1;
  return [low - room, high + room];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
