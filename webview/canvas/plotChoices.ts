import { fieldKind } from '#common/plot/fieldKind';
import { isCategory } from '#common/plot/groupsForm';
import type { Channel, PlotSpec } from '#common/plot/plotSpec';
import { findColumn } from '#common/plot/validateSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';

/** The plots a user chooses from. */
export type PlotChoice = 'scatter' | 'line' | 'area' | 'histogram' | 'bars' | 'box' | 'heat' | 'ecdf';

type Columns = readonly ColumnInfo[];

/** The choices in plain words. */
export const PLOT_CHOICES: readonly { readonly value: PlotChoice; readonly label: string }[] = [
  { value: 'scatter', label: 'scatter / density' },
  { value: 'line', label: 'line' },
  { value: 'area', label: 'area' },
  { value: 'histogram', label: 'histogram' },
  { value: 'bars', label: 'bars' },
  { value: 'box', label: 'box plot' },
  { value: 'heat', label: 'heat map' },
  { value: 'ecdf', label: 'distribution (eCDF)' },
];

/** Which of the choices a spec is; a spec that is none of them counts as the nearest by its mark. */
export function plotChoice({ mark, x, y, color }: PlotSpec): PlotChoice {
  switch (mark) {
    case 'boxplot':
      return 'box';
    case 'area':
      return 'area';
    case 'line':
      return y?.aggregate === 'cume_dist' ? 'ecdf' : 'line';
    case 'bar':
      return x?.bin || y?.bin ? 'histogram' : 'bars';
    case 'rect': {
      const isCell = [x, y].some((channel) => channel && (channel.bin !== undefined || isCategory(channel)));
      return isCell || color?.aggregate !== undefined ? 'heat' : 'scatter';
    }
    case 'point':
      return 'scatter';
  }
  // The text of a document may hold a mark that this version does not know.
  return 'scatter';
}

/** The spec as another kind of plot; fields that fit are kept, missing ones taken from the columns in their order. */
export function withChoice(spec: PlotSpec, choice: PlotChoice, columns: Columns): PlotSpec {
  const fields = [spec.x?.field, spec.y?.field, spec.color?.field].filter((field) => field !== undefined);
  const numbers = pick(fields, columns, (kind) => kind === 'quantitative');
  const continuous = pick(fields, columns, (kind) => kind === 'quantitative' || kind === 'temporal');
  const categories = pick(fields, columns, (kind) => kind === 'nominal');
  const category = categories[0] ?? continuous[0] ?? columns[0]?.name;
  const base = spec.title === undefined ? {} : { title: spec.title };
  const color = spec.color?.field === undefined ? {} : { color: nominal(spec.color.field) };
  const number = numbers[0] ?? continuous[0];
  switch (choice) {
    case 'histogram':
      return {
        ...base,
        mark: 'bar',
        x: { ...channelOf(continuous[0], columns), bin: true },
        y: { aggregate: 'count' },
      };
    case 'bars':
      return { ...base, mark: 'bar', x: nominal(category), y: { aggregate: 'count' } };
    case 'line':
    case 'scatter':
      return {
        ...base,
        mark: choice === 'line' ? 'line' : 'point',
        ...twoAxes(spec, columns),
        ...(choice === 'line' ? color : coloured(spec)),
      };
    case 'area': {
      const { x, y } = twoAxes(spec, columns);
      return { ...base, mark: 'area', x, y: { ...y, aggregate: 'sum' }, ...color };
    }
    case 'box':
      return {
        ...base,
        mark: 'boxplot',
        ...(categories[0] === undefined ? {} : { x: nominal(categories[0]) }),
        y: channelOf(number, columns),
      };
    case 'heat':
      return { ...base, mark: 'rect', ...heatAxes(categories, continuous, columns), color: { aggregate: 'count' } };
    case 'ecdf':
      return { ...base, mark: 'line', x: channelOf(number, columns), y: { aggregate: 'cume_dist' }, ...color };
  }
}

/** A channel of a field with the type of its column. */
export function channelOf(field: string | undefined, columns: Columns): Channel {
  if (field === undefined) return {};
  const column = findColumn(columns, field);
  const kind = column ? fieldKind(column.type) : 'other';
  return column && kind !== 'other' ? { field, type: kind } : { field };
}

/** Fields of a kind: those that are plotted now, then the others in the order of the columns. */
function pick(
  fields: readonly string[],
  columns: Columns,
  fits: (kind: ReturnType<typeof fieldKind>) => boolean,
): readonly string[] {
  const fitting = columns.filter(({ type }) => fits(fieldKind(type))).map(({ name }) => name);
  return [...new Set([...fields.filter((field) => fitting.includes(field)), ...fitting])];
}

function nominal(field: string | undefined): Channel {
  return field === undefined ? {} : { field, type: 'nominal' };
}

function coloured({ color, size }: PlotSpec): Pick<PlotSpec, 'color' | 'size'> {
  const isRaw = color?.field !== undefined && color.aggregate === undefined;
  return { ...(isRaw ? { color } : {}), ...(size ? { size } : {}) };
}

function twoAxes({ x, y }: PlotSpec, columns: Columns): { x: Channel; y: Channel } {
  const fits = (kind: ReturnType<typeof fieldKind>) => kind === 'quantitative' || kind === 'temporal';
  const wantedX = x?.field === undefined ? [] : [x.field];
  const wantedY = y?.field === undefined ? [] : [y.field];
  const xField = pick(wantedX, columns, fits)[0] ?? columns[0]?.name;
  const numbers = pick(wantedY, columns, (kind) => kind === 'quantitative');
  const yField = numbers.find((name) => name !== xField) ?? numbers[0] ?? columns[0]?.name;
  return { x: keepScale(channelOf(xField, columns), x), y: keepScale(channelOf(yField, columns), y) };
}

function heatAxes(categories: readonly string[], continuous: readonly string[], columns: Columns) {
  const cells = [
    ...categories.map((field) => nominal(field)),
    ...continuous.map((field): Channel => ({ ...channelOf(field, columns), bin: true })),
  ];
  const [x, y] = [cells[0] ?? nominal(columns[0]?.name), cells[1] ?? cells[0] ?? nominal(columns[0]?.name)];
  return { x, y };
}

function keepScale(next: Channel, before: Channel | undefined): Channel {
  return before?.scale && before.field === next.field ? { ...next, scale: before.scale } : next;
}
