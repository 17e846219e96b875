/** Colour schemes from few to many, in Vega's names; all read without a sense of red and green but `turbo`. */
export const SEQUENTIAL_SCHEMES = [
  'viridis',
  'cividis',
  'magma',
  'inferno',
  'plasma',
  'blues',
  'greys',
  'turbo',
] as const;

/** Colour schemes of categories, in Vega's names; `okabeito` is for those who do not tell red from green. */
export const CATEGORICAL_SCHEMES = ['okabeito', 'tableau10', 'observable10', 'dark2', 'set2'] as const;

export type SequentialScheme = (typeof SEQUENTIAL_SCHEMES)[number];
export type CategoricalScheme = (typeof CATEGORICAL_SCHEMES)[number];

/** The colours of Okabe and Ito (2008), black last; Vega has no name for them. */
export const OKABE_ITO = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#f0e442',
  '#7f7f7f',
] as const;

/** Whether a name is a scheme from few to many. */
export function isSequentialScheme(name: string): name is SequentialScheme {
  return (SEQUENTIAL_SCHEMES as readonly string[]).includes(name);
}

/** Whether a name is a scheme of categories. */
export function isCategoricalScheme(name: string): name is CategoricalScheme {
  return (CATEGORICAL_SCHEMES as readonly string[]).includes(name);
}
