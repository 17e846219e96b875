import { format } from 'd3-format';
import { cssFromPacked } from './plotColors.ts';
import type { PixelRect, PlotFrame } from './plotFrame.ts';

/** The colour bar beside a density: stops from bottom to top and labelled counts. */
export interface DensityLegend {
  readonly bar: PixelRect;
  readonly stops: readonly { readonly offset: number; readonly color: string }[];
  readonly ticks: readonly { readonly pixel: number; readonly label: string }[];
}

const BAR_WIDTH_PX = 8;
const BAR_GAP_PX = 14;
const BAR_SHARE = 0.55;
const STOP_COUNT = 12;
const LABEL_STEP_PX = 14;
const siCount = format('.3~s');

/** The legend of counts from 1 to `maximum` on a logarithmic scale. */
export function densityLegend(frame: PlotFrame, maximum: number, colors: Uint32Array): DensityLegend {
  const { plot } = frame;
  const height = Math.round(plot.height * BAR_SHARE);
  const top = plot.top + Math.round((plot.height - height) / 2);
  const bar = { left: plot.left + plot.width + BAR_GAP_PX, top, width: BAR_WIDTH_PX, height };
  const stops = Array.from({ length: STOP_COUNT }, (_, index) => {
    const offset = index / (STOP_COUNT - 1);
    return { offset, color: cssFromPacked(colors[Math.round(offset * (colors.length - 1))] ?? 0) };
  });
  return { bar, stops, ticks: legendTicks(bar, maximum) };
}

function legendTicks(bar: PixelRect, maximum: number): DensityLegend['ticks'] {
  const at = (count: number) => {
    const level = maximum > 1 ? Math.log(count) / Math.log(maximum) : 1;
    return { pixel: bar.top + bar.height * (1 - level), label: siCount(count) };
  };
  const powers = Array.from({ length: Math.floor(Math.log10(Math.max(1, maximum))) + 1 }, (_, power) =>
    at(10 ** power),
  );
  const top = at(maximum);
  return [...powers.filter(({ pixel }) => pixel - top.pixel >= LABEL_STEP_PX), top];
}
