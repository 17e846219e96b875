import {
  isCategoricalScheme,
  isSequentialScheme,
  OKABE_ITO,
  type CategoricalScheme,
  type SequentialScheme,
} from '#common/plot/colorSchemes';
import {
  interpolateBlues,
  interpolateCividis,
  interpolateGreys,
  interpolateInferno,
  interpolateMagma,
  interpolatePlasma,
  interpolateTurbo,
  interpolateViridis,
  schemeDark2,
  schemeObservable10,
  schemeSet2,
  schemeTableau10,
} from 'd3-scale-chromatic';
import type { Rgba } from '../gpu/passes/drawPass.ts';
import { densityColors, withShades, type PlotColors } from './plotColors.ts';

/** A colour for every share from 0 to 1, as CSS text. */
export type Interpolate = (share: number) => string;

const INTERPOLATES: Readonly<Record<SequentialScheme, Interpolate>> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  magma: interpolateMagma,
  inferno: interpolateInferno,
  plasma: interpolatePlasma,
  blues: interpolateBlues,
  greys: interpolateGreys,
  turbo: interpolateTurbo,
};

const CATEGORIES: Readonly<Record<CategoricalScheme, readonly string[]>> = {
  okabeito: OKABE_ITO,
  tableau10: schemeTableau10,
  observable10: schemeObservable10,
  dark2: schemeDark2,
  set2: schemeSet2,
};

/** The theme's colours with those of a scheme in their places; an unknown scheme changes nothing. */
export function colorsOfScheme(colors: PlotColors, scheme: string | undefined): PlotColors {
  if (scheme === undefined) return colors;
  if (isSequentialScheme(scheme)) {
    return { ...colors, density: densityColors(...colors.densityRange, INTERPOLATES[scheme]) };
  }
  if (!isCategoricalScheme(scheme)) return colors;
  const series = withShades(CATEGORIES[scheme].map(rgbaOfHex));
  const [first = colors.bar] = series;
  const [red, green, blue] = first;
  return { ...colors, series, bar: first, point: [red, green, blue, colors.point[3]] };
}

/** The colours of a scheme as CSS text, for a sample of it. */
export function schemeSample(scheme: string, count: number): readonly string[] {
  if (isSequentialScheme(scheme)) {
    return Array.from({ length: count }, (_, index) => INTERPOLATES[scheme](index / Math.max(1, count - 1)));
  }
  return isCategoricalScheme(scheme) ? CATEGORIES[scheme].slice(0, count) : [];
}

function rgbaOfHex(hex: string): Rgba {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255,
  );
  return [red, green, blue, 1];
}
