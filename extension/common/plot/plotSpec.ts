import type { AxisScaleType } from './scaleCoding.ts';

/** Vega-Lite mark names that Pika draws. */
export type Mark = 'point' | 'rect' | 'line' | 'bar' | 'area' | 'boxplot';

/** What is told of the rows of one group; `cume_dist` is the share of rows up to a value. */
export type Aggregate = 'count' | 'sum' | 'mean' | 'median' | 'min' | 'max' | 'distinct' | 'cume_dist';

/** Spans of time that moments are put together by. */
export type TimeUnit =
  | 'year'
  | 'yearquarter'
  | 'yearmonth'
  | 'yearweek'
  | 'yearmonthdate'
  | 'yearmonthdatehours'
  | 'yearmonthdatehoursminutes';

/** Order of categories: by their own order, or by the value of the other axis, `-` for the largest first. */
export type CategorySort = 'ascending' | 'descending' | 'x' | '-x' | 'y' | '-y';

/** How the values of an axis are spread over it; `utc` and `time` are the clocks that a time axis shows. */
export type ScaleType = AxisScaleType | 'utc' | 'time';

/** One encoding channel in Vega-Lite's words. */
export interface Channel {
  readonly field?: string;
  readonly type?: 'quantitative' | 'temporal' | 'nominal' | 'ordinal';
  /** `true` chooses bins by rule. */
  readonly bin?: boolean | { readonly maxbins?: number; readonly step?: number };
  readonly timeUnit?: TimeUnit;
  readonly aggregate?: Aggregate;
  readonly scale?: {
    readonly type?: ScaleType;
    readonly domain?: readonly [number, number];
    /** Of colours: a name of `colorSchemes.ts`. */
    readonly scheme?: string;
  };
  readonly sort?: CategorySort | null;
  /** `zero` puts series on top of each other, `normalize` as shares of their sum, null draws each from zero. */
  readonly stack?: 'zero' | 'normalize' | boolean | null;
  readonly title?: string;
}

/**
 * A plot in Vega-Lite's words; what it shows follows from mark and channels, see `plotKind`.
 * Unknown fields are kept when a document is written back.
 */
export interface PlotSpec {
  readonly mark: Mark;
  readonly x?: Channel;
  readonly y?: Channel;
  readonly color?: Channel;
  readonly size?: Channel;
  /** The colour's field, to draw bars of one place side by side. */
  readonly xOffset?: Channel;
  readonly yOffset?: Channel;
  readonly title?: string;
}

/**
 * What a spec draws: `bar` over a binned field, points or cells of two numbers, a line through rows, counts per category,
 * or groups: one mark per group of rows, aggregated.
 */
export type PlotKind = 'histogram' | 'scatter' | 'line' | 'bars' | 'groups';
