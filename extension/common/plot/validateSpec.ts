import { PikaError } from '../base/pikaError.ts';
import type { ColumnInfo } from '../protocol/engineContract.ts';
import { CELL_AGGREGATES, cellAggregate } from './cellAggregate.ts';
import { CATEGORICAL_SCHEMES, isCategoricalScheme, isSequentialScheme, SEQUENTIAL_SCHEMES } from './colorSchemes.ts';
import { fieldKind } from './fieldKind.ts';
import { groupsForm } from './groupsForm.ts';
import { plotKind } from './plotKind.ts';
import type { Channel, PlotKind, PlotSpec, ScaleType } from './plotSpec.ts';

const MAX_NAMED_COLUMNS = 8;

/** @throws PikaError `plot-impossible` with a sentence when a spec cannot be drawn from these columns. */
export function validateSpec(spec: PlotSpec, columns: readonly ColumnInfo[]): PlotKind {
  const kind = plotKind(spec);
  const problem = plotProblem(spec, columns);
  if (kind && !problem) return kind;
  throw new PikaError('plot-impossible', problem ?? 'This plot cannot be drawn.', {
    hint: 'Choose other fields for the plot, or change its data.',
  });
}

/** Why a spec cannot be drawn from these columns, as a sentence; null when it can. */
export function plotProblem(spec: PlotSpec, columns: readonly ColumnInfo[]): string | null {
  const kind = plotKind(spec);
  if (!kind) return `Pika has no plot with the mark "${spec.mark}" and these channels.`;
  const axes = kind === 'scatter' || kind === 'line' ? [spec.x, spec.y] : [spec.x];
  for (const channel of [spec.x, spec.y, spec.color, spec.size]) {
    const field = channel?.field;
    if (field !== undefined && !findColumn(columns, field)) return missingField(field, columns);
  }
  const scale = [spec.x, spec.y].map(unknownScale).find((name) => name !== null);
  if (scale) return `Pika has no scale of the type "${scale}".`;
  const scheme = spec.color?.scale?.scheme;
  if (scheme !== undefined && !isSequentialScheme(scheme) && !isCategoricalScheme(scheme))
    return `Pika has no colours named "${scheme}"; it has ${[...SEQUENTIAL_SCHEMES, ...CATEGORICAL_SCHEMES].join(', ')}.`;
  if (kind === 'groups') return groupsProblem(spec, columns);
  if (kind !== 'line' && kind !== 'scatter' && spec.color?.field !== undefined)
    return 'This plot cannot be coloured by a field.';
  if (kind === 'scatter' && spec.size?.field !== undefined) {
    const column = findColumn(columns, spec.size.field);
    const sizeKind = column && fieldKind(column.type);
    if (sizeKind !== 'quantitative' && sizeKind !== 'temporal')
      return `${spec.size.field} holds no numbers that sizes could stand for.`;
  }
  if (kind === 'scatter' && spec.color?.aggregate !== undefined) {
    const problem = cellProblem(spec, columns);
    if (problem) return problem;
  }
  if (kind === 'bars') return null;
  return axes.map((axis) => axis && axisProblem(axis, columns)).find((problem) => problem) ?? null;
}

/** The column that a field names: the same text, or else the same but for upper and lower case. */
export function findColumn(columns: readonly ColumnInfo[], field: string): ColumnInfo | undefined {
  const lower = field.toLowerCase();
  return columns.find(({ name }) => name === field) ?? columns.find(({ name }) => name.toLowerCase() === lower);
}

const SCALE_TYPES: ReadonlySet<string> = new Set<ScaleType>(['linear', 'log', 'symlog', 'sqrt', 'utc', 'time']);

function isClock(type: ScaleType): boolean {
  return type === 'utc' || type === 'time';
}

// The text of a document may hold a type that this version does not know.
function unknownScale(channel: Channel | undefined): string | null {
  const type: string = channel?.scale?.type ?? 'linear';
  return SCALE_TYPES.has(type) ? null : type;
}

function axisProblem(channel: Channel, columns: readonly ColumnInfo[]): string | null {
  const column = findColumn(columns, channel.field ?? '');
  if (!column) return null;
  const kind = fieldKind(column.type);
  if (kind !== 'quantitative' && kind !== 'temporal') {
    return `${column.name} holds ${column.type}, and this plot needs numbers or times there.`;
  }
  const scale = channel.scale?.type ?? 'linear';
  if (scale !== 'linear' && kind === 'temporal' && !isClock(scale))
    return `${column.name} holds times, which have no ${scale === 'sqrt' ? 'root' : 'logarithm'}.`;
  if (isClock(scale) && kind !== 'temporal')
    return `${column.name} holds numbers, which have no place on a scale of times.`;
  if (channel.aggregate !== undefined) return `The values of ${column.name} are drawn as they are, not aggregated.`;
  return binProblem(channel);
}

/** What coloured cells need: an aggregate of numbers or times that a cell can show. */
function cellProblem(spec: PlotSpec, columns: readonly ColumnInfo[]): string | null {
  const aggregate = cellAggregate(spec);
  if (!aggregate) return `The colour of a cell can be one of ${CELL_AGGREGATES.join(', ')} of a column.`;
  const column = findColumn(columns, spec.color?.field ?? '');
  const kind = column && fieldKind(column.type);
  if (kind === 'quantitative' || (kind === 'temporal' && aggregate !== 'sum'))
    return spec.size?.field === undefined ? null : 'Cells that are coloured by an aggregate have no sizes.';
  return `${column?.name ?? ''} holds ${column?.type ?? ''}, and "${aggregate}" needs numbers${aggregate === 'sum' ? '' : ' or times'}.`;
}

/** What aggregated groups need: numbers or times to aggregate, and places on the axes. */
function groupsProblem(spec: PlotSpec, columns: readonly ColumnInfo[]): string | null {
  const form = groupsForm(spec);
  if (!form) return 'This plot cannot be drawn.';
  const measure = findColumn(columns, form.value.field ?? '');
  const aggregatesNumbers = !['count', 'distinct'].includes(form.aggregate);
  const kind = measure && fieldKind(measure.type);
  if (measure && aggregatesNumbers && kind !== 'quantitative' && kind !== 'temporal') {
    return `${measure.name} holds ${measure.type}, and "${form.aggregate}" needs numbers or times.`;
  }
  if (!measure && aggregatesNumbers) return `"${form.aggregate}" needs a column.`;
  const needsNumbers = form.shape === 'line' || form.shape === 'area';
  const place = findColumn(columns, spec[form.place]?.field ?? '');
  const placeIs = place && fieldKind(place.type);
  if (needsNumbers && placeIs === 'other') {
    return `${place?.name ?? ''} holds ${place?.type ?? ''}, and this plot needs numbers, times or categories there.`;
  }
  return [spec.x, spec.y].map((channel) => channel && binProblem(channel)).find((problem) => problem) ?? null;
}

function binProblem({ bin }: Channel): string | null {
  if (typeof bin !== 'object') return null;
  const sizes = [bin.maxbins, bin.step].filter((size) => size !== undefined);
  const isUsable = sizes.every((size) => Number.isFinite(size) && size > 0);
  return isUsable ? null : 'The bins need a number above zero.';
}

function missingField(field: string, columns: readonly ColumnInfo[]): string {
  const names = columns.slice(0, MAX_NAMED_COLUMNS).map(({ name }) => name);
  const more = columns.length > names.length ? ` and ${columns.length - names.length} more` : '';
  return `There is no column "${field}" here; there are ${names.join(', ')}${more}.`;
}
