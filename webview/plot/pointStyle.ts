import type { PlotHeader, ScatterHeader } from '#common/plot/plotData';
import type { Rgba } from '../gpu/passes/drawPass.ts';
import type { PointStyle } from '../gpu/passes/drawPoints.ts';
import { crowdRadiusPx, type DiscView } from './crowdRadius.ts';
import { rgbaFromPacked, type PlotColors } from './plotColors.ts';
import { hasFewPoints } from '#common/plot/scatterForm';

const RADIUS_PX = { few: 3, many: 1.8, large: 9 } as const;
const MANY_POINTS = 2000;
const NUMBER_SHIFT = 24;
const NO_VALUE: Rgba = [0.5, 0.5, 0.5, 0.35];

/** What the discs of a scatter look like in a part of it; other plots have none. */
export function pointStyle(header: PlotHeader, view: DiscView, pixelRatio: number, colors: PlotColors): PointStyle {
  const opacity = colors.point[3];
  const faint = ([red, green, blue, alpha]: Rgba): Rgba => [red, green, blue, alpha * opacity];
  if (header.plotKind !== 'scatter') return { radiusPx: [0, 0], colorShift: null, colors: [] };
  const small = radiusOf(header, view) * pixelRatio;
  const radiusPx = [small, header.size ? Math.max(small, RADIUS_PX.large * pixelRatio) : small] as const;
  const { color } = header;
  if (!color) return { radiusPx, colorShift: null, colors: [colors.point] };
  const shades =
    color.kind === 'nominal'
      ? color.categories.map((_, index) => colors.series[index % colors.series.length] ?? colors.point)
      : Array.from(colors.density, rgbaFromPacked);
  return {
    radiusPx,
    colorShift: color.kind === 'nominal' ? 0 : NUMBER_SHIFT,
    colors: [...shades.map(faint), NO_VALUE],
  };
}

function radiusOf(header: ScatterHeader, view: DiscView): number {
  const isCrowd = header.color !== undefined && header.cellValue === undefined && !hasFewPoints(header);
  if (isCrowd) return crowdRadiusPx(header, view);
  return header.drawableCount > MANY_POINTS ? RADIUS_PX.many : RADIUS_PX.few;
}
