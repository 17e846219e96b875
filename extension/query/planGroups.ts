import { PikaError } from '#common/base/pikaError';
import { fieldKind } from '#common/plot/fieldKind';
import { groupsForm, type AxisName, type GroupsForm } from '#common/plot/groupsForm';
import type { Channel } from '#common/plot/plotSpec';
import { axisSql, wherePlaced } from './axisSql.ts';
import type { FieldSource } from './fieldSource.ts';
import { categoryPlaces, continuousPlaces, placeKind, type GroupPlaces } from './groupPlaces.ts';
import { finishGroups } from './finishGroups.ts';
import { boxesSql, groupsSql, type GroupKey, type GroupsParts } from './groupsSql.ts';
import { axisOf, sourceOf } from './planParts.ts';
import type { PlotPlan, PlotRequest } from './plotPlan.ts';
import { timeUnitSql } from './timeUnitSql.ts';

const MOST_SERIES = 12;
const MOST_HEAT_PLACES = 60;
const PLACE_PX = 20;
const FEWEST_PLACES = 10;
const MOST_BARS = 50;
/** More groups than this are no picture, and no message that a webview should get. */
const MOST_GROUPS = 50_000;
const NO_PLACE: GroupPlaces = { kind: 'values', key: '0', isPlaced: 'true' };

/** Plans one mark per group of rows: bars, lines, areas, boxes, cells of a heat map or the steps of a distribution. */
export function planGroups(request: PlotRequest): PlotPlan {
  const form = groupsForm(request.spec);
  if (!form) throw new PikaError('plot-impossible', 'This plot cannot be drawn.');
  const source = sourceOf(request);
  const keys = keysOf(form, request, source);
  const parts: GroupsParts = { from: source.from, keys, measure: measureSql(form, source), aggregate: form.aggregate };
  return {
    categoriesSql: form.shape === 'box' ? boxesSql(parts) : groupsSql(parts),
    maxCategories: MOST_GROUPS + 1,
    finish: (rows) => {
      if (rows.length > MOST_GROUPS) throw tooManyGroups();
      return finishGroups(request, form, keys, rows);
    },
  };
}

function tooManyGroups(): PikaError {
  const most = MOST_GROUPS.toLocaleString('en-US');
  return new PikaError('plot-impossible', `This plot would have more than ${most} groups.`, {
    hint: 'Choose a longer time unit, wider bins, or no colour.',
  });
}

/** Place, then series or the second place of a heat map. */
function keysOf(form: GroupsForm, request: PlotRequest, source: FieldSource): readonly GroupKey[] {
  const { spec, size } = request;
  if (form.shape === 'heat') {
    return (['x', 'y'] as const).map((axis) =>
      placeKey(placesOf(axis, form, request, source), MOST_HEAT_PLACES, spec[axis]),
    );
  }
  const lengthPx = form.place === 'x' ? size.widthPx : size.heightPx;
  const limit = Math.min(MOST_BARS, Math.max(FEWEST_PLACES, Math.floor(lengthPx / PLACE_PX)));
  const place = placeKey(placesOf(form.place, form, request, source), limit, spec[form.place]);
  const field = form.series?.field;
  if (field === undefined) return [place];
  return [place, { places: categoryPlaces(source, field), limit: MOST_SERIES, keeps: 'frequent' }];
}

function placeKey(places: GroupPlaces, limit: number, channel: Channel | undefined): GroupKey {
  const sort = channel?.sort ?? '';
  const keeps = sort === 'x' || sort === 'y' ? 'smallest' : sort === '-x' || sort === '-y' ? 'largest' : 'frequent';
  return { places, limit, keeps };
}

function placesOf(axis: AxisName, form: GroupsForm, request: PlotRequest, source: FieldSource): GroupPlaces {
  const channel = request.spec[axis];
  if (channel?.field === undefined) return NO_PLACE;
  const { column, sql } = source.read(channel.field);
  const isWide = form.shape === 'bar' || form.shape === 'box';
  const kind =
    form.shape === 'heat' && !channel.bin ? heatKind(channel, column.type) : placeKind(channel, column.type, isWide);
  if (kind === 'category' && channel.timeUnit && fieldKind(column.type) === 'temporal') {
    const key = timeUnitSql({ sql, type: column.type }, channel, request.timeZone);
    return { ...categoryPlaces(source, channel.field), key };
  }
  if (kind === 'category') return categoryPlaces(source, channel.field);
  return continuousPlaces(axisOf(request, source, axis), channel, kind === 'bins');
}

function heatKind(channel: Channel, type: string): GroupPlaces['kind'] {
  return placeKind(channel, type, false) === 'category' ? 'category' : 'bins';
}

function measureSql({ value, aggregate }: GroupsForm, source: FieldSource): string | null {
  if (value.field === undefined || aggregate === 'count') return null;
  const { sql, column } = source.read(value.field);
  if (aggregate === 'distinct') return sql;
  const axis = axisSql(sql, column.type, 'linear');
  return wherePlaced(axis, axis.value);
}
