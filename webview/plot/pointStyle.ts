import type { PlotHeader } from '#common/plot/plotData';
import type { Rgba } from '../gpu/passes/drawPass.ts';
import type { PointStyle } from '../gpu/passes/drawPoints.ts';
import { rgbaFromPacked, type PlotColors } from './plotColors.ts';
import { hasFewPoints } from '#common/plot/scatterForm';

const RADIUS_PX = { few: 3, many: 1.8, crowd: 0.75, large: 9 } as const;
const MANY_POINTS = 2000;
const NUMBER_SHIFT = 24;
const NO_VALUE: Rgba = [0.5, 0.5, 0.5, 0.35];

/** What the discs of a scatter look like; other plots have none. */
export function pointStyle(header: PlotHeader, pixelRatio: number, colors: PlotColors): PointStyle {
  const opacity = colors.point[3];
  const faint = ([red, green, blue, alpha]: Rgba): Rgba => [red, green, blue, alpha * opacity];
  if (header.plotKind !== 'scatter') return { radiusPx: [0, 0], colorShift: null, colors: [] };
  const small = radiusOf(header) * pixelRatio;
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

function radiusOf(header: Extract<PlotHeader, { plotKind: 'scatter' }>): number {
  const isCrowd = header.color !== undefined && header.cellValue === undefined && !hasFewPoints(header);
  if (isCrowd) return RADIUS_PX.crowd;
  return header.drawableCount > MANY_POINTS ? RADIUS_PX.many : RADIUS_PX.few;
}
