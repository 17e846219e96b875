import type { ColumnInfo } from '../protocol/engineContract.ts';
import { numberRole } from './columnRoles.ts';
import { fieldKind } from './fieldKind.ts';
import type { Channel, PlotSpec } from './plotSpec.ts';
import { plotKind } from './plotKind.ts';
import { plotTitle } from './plotTitle.ts';
import { plotProblem } from './validateSpec.ts';

/** What a suggested plot is, in a word. */
export type SuggestionKind = 'histogram' | 'scatter' | 'line' | 'bars' | 'box' | 'heat' | 'ecdf';

/** A plot worth a look, with what it would be called. */
export interface PlotSuggestion {
  readonly kind: SuggestionKind;
  readonly spec: PlotSpec;
  readonly title: string;
}

const SUGGESTED = 3;
/** More columns of a kind than this are not combined. */
const MOST_COMBINED = 6;

/**
 * Up to three further plots of the same table, of kinds as different as its columns allow: first those of columns that the
 * plots there are do not show yet.
 *
 * @param present Plots that are there already; none of them is suggested again.
 */
export function suggestPlots(columns: readonly ColumnInfo[], present: readonly PlotSpec[]): readonly PlotSuggestion[] {
  const taken = new Set(present.map(signatureOf));
  const shown = new Set(present.flatMap(fieldsOf));
  const fitting = candidates(columns, shown).filter(
    ({ spec }) => !taken.has(signatureOf(spec)) && plotProblem(spec, columns) === null,
  );
  const chosen: PlotSuggestion[] = [];
  const usedKinds = new Set<SuggestionKind>(present.length > 0 ? present.slice(0, 1).flatMap(kindsOf) : []);
  for (const isAnyKind of [false, true]) {
    for (const candidate of fitting) {
      if (chosen.length === SUGGESTED) return chosen;
      if (chosen.includes(candidate) || (!isAnyKind && usedKinds.has(candidate.kind))) continue;
      usedKinds.add(candidate.kind);
      chosen.push(candidate);
    }
  }
  return chosen;
}

function kindsOf(spec: PlotSpec): readonly SuggestionKind[] {
  if (spec.mark === 'boxplot') return ['box'];
  if (spec.mark === 'rect') return ['heat'];
  if (spec.mark === 'point') return ['scatter'];
  if (spec.mark === 'line' || spec.mark === 'area') return [spec.y?.aggregate === 'cume_dist' ? 'ecdf' : 'line'];
  return spec.x?.bin || spec.y?.bin ? ['histogram'] : ['bars'];
}

/** Candidates in the order of their worth. */
function candidates(columns: readonly ColumnInfo[], shown: ReadonlySet<string>): readonly PlotSuggestion[] {
  const byNews = (names: readonly string[]) =>
    names.toSorted((one, other) => Number(shown.has(one)) - Number(shown.has(other))).slice(0, MOST_COMBINED);
  const named = (fits: (column: ColumnInfo) => boolean) => byNews(columns.filter(fits).map(({ name }) => name));
  const numbers = named(({ name, type }) => fieldKind(type) === 'quantitative' && numberRole(name) === 'measure');
  const times = named(({ type }) => type === 'DATE' || type.startsWith('TIMESTAMP'));
  const categories = named(
    ({ type, name }) => fieldKind(type) === 'nominal' && type !== 'UUID' && numberRole(name) !== 'label',
  );
  const [category, second] = categories;
  const [number] = numbers;
  const specs: (readonly [SuggestionKind, PlotSpec])[] = [];
  for (const field of numbers) specs.push(['histogram', histogramOf(field)]);
  for (const time of times) {
    for (const field of numbers) specs.push(['line', meanOver(time, field)]);
    specs.push(['bars', { mark: 'bar', x: { ...moment(time), timeUnit: 'yearmonth' }, y: { aggregate: 'count' } }]);
  }
  for (const field of categories) specs.push(['bars', { mark: 'bar', x: label(field), y: { aggregate: 'count' } }]);
  numbers.forEach((field, index) => {
    for (const other of numbers.slice(index + 1)) specs.push(['scatter', scatterOf(field, other, category)]);
  });
  if (category !== undefined) {
    for (const field of numbers) specs.push(['box', { mark: 'boxplot', x: label(category), y: amount(field) }]);
  }
  if (category !== undefined && second !== undefined) {
    specs.push(['heat', { mark: 'rect', x: label(category), y: label(second), color: { aggregate: 'count' } }]);
  }
  if (number !== undefined) specs.push(['ecdf', { mark: 'line', x: amount(number), y: { aggregate: 'cume_dist' } }]);
  return specs
    .map(([kind, spec], order) => ({
      kind,
      spec,
      order,
      news: fieldsOf(spec).filter((field) => !shown.has(field)).length,
    }))
    .toSorted((one, other) => Math.sign(other.news) - Math.sign(one.news) || one.order - other.order)
    .map(({ kind, spec }) => ({ kind, spec, title: titleOf(spec) }));
}

const amount = (field: string): Channel => ({ field, type: 'quantitative' });
const moment = (field: string): Channel => ({ field, type: 'temporal' });
const label = (field: string): Channel => ({ field, type: 'nominal' });

function histogramOf(field: string): PlotSpec {
  return { mark: 'bar', x: { ...amount(field), bin: true }, y: { aggregate: 'count' } };
}

function meanOver(time: string, field: string): PlotSpec {
  return { mark: 'line', x: moment(time), y: { ...amount(field), aggregate: 'mean' } };
}

function scatterOf(x: string, y: string, category: string | undefined): PlotSpec {
  const plain: PlotSpec = { mark: 'point', x: amount(x), y: amount(y) };
  return category === undefined ? plain : { ...plain, color: label(category) };
}

function titleOf(spec: PlotSpec): string {
  const kind = plotKind(spec);
  return kind ? plotTitle(spec, kind) : '';
}

function fieldsOf({ x, y, color, size }: PlotSpec): readonly string[] {
  return [x?.field, y?.field, color?.field, size?.field].filter((field) => field !== undefined);
}

/** What makes two plots the same: their mark and what is on their channels. */
function signatureOf({ mark, x, y, color }: PlotSpec): string {
  const part = (channel: Channel | undefined) =>
    [channel?.field ?? '', channel?.aggregate ?? '', channel?.bin ? 'bin' : ''].join(':');
  return [mark, part(x), part(y), color?.field ?? ''].join(' ');
}
