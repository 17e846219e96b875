/** How the values of a number axis are spread over it; times are always linear. */
export type AxisScaleType = 'linear' | 'log' | 'symlog' | 'sqrt';

/**
 * A value in the units that are spread evenly over an axis: its natural logarithm, its root, or itself.
 * `symlog` is `sign(v) ln(1 + |v|)` and `sqrt` is `sign(v) √|v|`, as in d3, so that both take negative values.
 * SQL computes the same double operations, see `query/axisSql.ts`.
 */
export function codedOf(value: number, scale: AxisScaleType = 'linear'): number {
  switch (scale) {
    case 'linear':
      return value;
    case 'log':
      return Math.log(value);
    case 'symlog':
      return Math.sign(value) * Math.log(1 + Math.abs(value));
    case 'sqrt':
      return Math.sign(value) * Math.sqrt(Math.abs(value));
  }
}

/** The value that `codedOf` spreads to `coded`. */
export function valueOfCoded(coded: number, scale: AxisScaleType = 'linear'): number {
  switch (scale) {
    case 'linear':
      return coded;
    case 'log':
      return Math.exp(coded);
    case 'symlog':
      return Math.sign(coded) * Math.expm1(Math.abs(coded));
    case 'sqrt':
      return Math.sign(coded) * coded * coded;
  }
}

/** How much the value grows there for each coded unit. */
export function valuesPerCoded(value: number, scale: AxisScaleType = 'linear'): number {
  switch (scale) {
    case 'linear':
      return 1;
    case 'log':
      return Math.abs(value);
    case 'symlog':
      return 1 + Math.abs(value);
    case 'sqrt':
      return 2 * Math.sqrt(Math.abs(value));
  }
}
