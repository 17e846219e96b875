import type { Arrangement, GroupShape } from './groupsForm.ts';
import type { EvenValues } from './evenValues.ts';
import type { PlotKind } from './plotSpec.ts';
import type { AxisScaleType } from './scaleCoding.ts';

/** The `u32` code of null and NaN in fixed-point columns; also exists in WGSL. */
export const FIXED_NULL = 0xffffffff;
/** The largest `u32` code of a value: the domain's maximum. */
export const FIXED_MAX = 0xfffffffe;

/** `exact`: every row counted in the view; `aggregated`: every row, counted by DuckDB; `sampled`: one row in N. */
export type Fidelity = 'exact' | 'aggregated' | 'sampled';

/**
 * A number or time axis whose values travel as `u32` fixed point: `data = origin + code * step`, see `fixedPoint.ts`.
 * Data units of a temporal axis are epoch milliseconds, UTC; of a TIME column, milliseconds since midnight.
 */
export interface ContinuousAxis {
  readonly kind: 'quantitative' | 'temporal';
  readonly field: string;
  readonly title: string;
  /** DuckDB type of the column. */
  readonly type: string;
  /** Finite minimum and maximum in data units; equal when the column is constant. */
  readonly domain: readonly [number, number];
  readonly origin: number;
  readonly step: number;
  /** Linear when absent; otherwise `origin` and `step` are coded units, so `data = valueOfCoded(origin + code * step)`. */
  readonly scale?: AxisScaleType;
  /** Whether a time axis shows the clock of the machine that draws it, in place of UTC. */
  readonly isLocal?: boolean;
  /** The zone of that clock, which bins of hours, days and months follow. */
  readonly timeZone?: string;
  /** Where cells are drawn of values that all lie whole units apart: code 0 is then half a unit below the minimum. */
  readonly even?: EvenValues;
  /** Nulls and NaN; on a log axis zero and below too. */
  readonly nullCount: number;
  readonly infiniteCount: number;
}

/** A category axis; codes index `categories`. */
export interface CategoryAxis {
  readonly kind: 'nominal';
  readonly field: string;
  readonly title: string;
  /** Shown in this order; null is the null category. */
  readonly categories: readonly (string | null)[];
  /** How many further categories were put into a last category named *other*; 0 when all are shown. */
  readonly otherCount: number;
}

/** An axis of counts, drawn from 0 to the largest count. */
export interface CountAxis {
  readonly kind: 'count';
  readonly title: string;
}

interface HeaderBase {
  readonly plotKind: PlotKind;
  readonly title: string;
  readonly fidelity: Fidelity;
  /** N of "sampled 1 of N"; 1 otherwise. */
  readonly sampledOneIn: number;
  /** Rows of the plotted relation (of the sample when sampled). */
  readonly rowCount: number;
  /** Rows that can be drawn: finite and not null on every axis. The drawn counts sum to this. */
  readonly drawableCount: number;
  /** Name of the colours that the user chose, see `colorSchemes.ts`. */
  readonly scheme?: string;
  /** Names the batches that follow; pulled with `nextPlotBatch`. */
  readonly streamId: string;
}

/** Batches: `columns` → `x: uint32` codes; `aggregate` → `bin: uint32, count: uint32`. */
export interface HistogramHeader extends HeaderBase {
  readonly plotKind: 'histogram';
  readonly strategy: 'columns' | 'aggregate';
  readonly x: ContinuousAxis;
  readonly y: CountAxis;
  /** `binCount + 1` ascending edges in data units; the last bin includes its upper edge. */
  readonly edges: readonly number[];
}

/**
 * Batches: `columns` → `x, y: uint32` codes; `aggregate` → `cell: uint32, count: uint32` with `cell = (y >> shiftY) * columns + (x >> shiftX)`,
 * row 0 at the bottom. With `cellValue` cells have, in place of `count`, the five words of valueFigures.ts: `count`, `low`,
 * `high`, `above` and `below`.
 */
export interface ScatterHeader extends HeaderBase {
  readonly plotKind: 'scatter';
  readonly strategy: 'columns' | 'aggregate';
  readonly x: ContinuousAxis;
  readonly y: ContinuousAxis;
  readonly grid: DensityGrid;
  /** Batches of `columns` have `color: uint32` too: series codes, or codes of the axis. Of `aggregate` every cell has the one most common, or the mean. */
  readonly color?: ColorKey;
  /** Cells are coloured by this aggregate of the colour axis; rows without a value there are not drawn. */
  readonly cellValue?: CellAggregate;
  /** Batches of `columns` have `size: uint32` too: codes of the axis. */
  readonly size?: ContinuousAxis;
  /** What sizes would stand for, if the rows were not put together for being too many. */
  readonly sizeLeftOut?: string;
}

/** What the colour of a cell tells of its rows' values. */
export type CellAggregate = 'mean' | 'sum' | 'min' | 'max';

/** What colours stand for: categories by index, or a number or time from few to many. */
export type ColorKey = CategoryAxis | ContinuousAxis;

/** A grid of power-of-two cells over the whole code space, so that every backend agrees cell for cell. */
export interface DensityGrid {
  /** Code bits dropped per axis: `columns = 2 ** (32 - shiftX)`. */
  readonly shiftX: number;
  readonly shiftY: number;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Batches: `x: uint32, y: uint32, series: uint16` codes in drawing order per series; `y = FIXED_NULL` is a gap.
 * At most four points (M4: first, last, minimum, maximum) per series and pixel column when `aggregated`.
 */
export interface LineHeader extends HeaderBase {
  readonly plotKind: 'line';
  readonly strategy: 'columns' | 'aggregate';
  readonly x: ContinuousAxis;
  readonly y: ContinuousAxis;
  /** Series names by code; one unnamed series when the plot has no colour field. */
  readonly series: readonly (string | null)[];
  readonly seriesTitle: string | null;
  /** Code bits that the cells of an aggregated line drop, each of which has up to four points. */
  readonly cellShift?: number;
}

/** Batches: `category: uint32, count: uint32`. */
export interface BarsHeader extends HeaderBase {
  readonly plotKind: 'bars';
  readonly strategy: 'aggregate';
  readonly x: CategoryAxis;
  readonly y: CountAxis;
}

/** An axis of groups: categories by index, or numbers and times in data units. */
export type GroupAxis = CategoryAxis | ContinuousAxis;

/** One group of rows. */
export interface PlotGroup {
  /** Where it stands on the place axis: index of a category, or a value in data units. */
  readonly at: number;
  /** Where its bin ends, in data units; absent where it has no width. */
  readonly end?: number;
  /** Heat maps: the same on the vertical axis. */
  readonly row?: number;
  readonly rowEnd?: number;
  /** Index in `series`. */
  readonly series: number;
  /** The aggregate; null when none of the group's rows has a value. Of a box the median. */
  readonly value: number | null;
  /** How many rows the value is made of. */
  readonly rows: number;
  readonly box?: BoxFigures;
}

/** Quartiles, whiskers at the last values within 1.5 interquartile ranges, and values beyond them. */
export interface BoxFigures {
  readonly low: number;
  readonly firstQuartile: number;
  readonly thirdQuartile: number;
  readonly high: number;
  /** At most 50 of them. */
  readonly outliers: readonly number[];
  readonly outlierCount: number;
}

/**
 * Aggregated groups; all of them are in the header. Batches: `category: uint32, count: uint32`, one count of all rows that
 * the groups are made of.
 */
export interface GroupsHeader extends HeaderBase {
  readonly plotKind: 'groups';
  readonly strategy: 'aggregate';
  readonly shape: GroupShape;
  /** The axis that groups stand along; the other one shows values, but for heat maps. */
  readonly place: 'x' | 'y';
  readonly arrangement: Arrangement;
  readonly x: GroupAxis;
  readonly y: GroupAxis;
  /** Series names by code; one unnamed series when the plot has no colour field. */
  readonly series: readonly (string | null)[];
  readonly seriesTitle: string | null;
  /** What the aggregate is called, and its range over all groups. */
  readonly valueTitle: string;
  readonly valueDomain: readonly [number, number];
  /** In drawing order: by series, then along the place axis. */
  readonly groups: readonly PlotGroup[];
}

/** What a plot needs before its first batch arrives. */
export type PlotHeader = HistogramHeader | ScatterHeader | LineHeader | BarsHeader | GroupsHeader;
