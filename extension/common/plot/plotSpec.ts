/** Vega-Lite mark names that Pika draws. */
export type Mark = 'point' | 'rect' | 'line' | 'bar';

/** One encoding channel in Vega-Lite's words. */
export interface Channel {
  readonly field?: string;
  readonly type?: 'quantitative' | 'temporal' | 'nominal';
  /** `true` chooses bins by rule. */
  readonly bin?: boolean | { readonly maxbins?: number; readonly step?: number };
  readonly aggregate?: 'count' | 'sum' | 'mean' | 'min' | 'max';
  readonly scale?: { readonly type?: 'linear' | 'log'; readonly domain?: readonly [number, number] };
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
  readonly title?: string;
}

/** What a spec draws: `bar` over a binned field, points or cells of two numbers, a line, or counts per category. */
export type PlotKind = 'histogram' | 'scatter' | 'line' | 'bars';
