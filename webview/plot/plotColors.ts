import { interpolateViridis } from 'd3-scale-chromatic';
import { LUT_LENGTH } from '../gpu/passes/drawDensity.ts';
import type { Rgba } from '../gpu/passes/drawPass.ts';

/** The colours of a plot under the current theme. */
export interface PlotColors {
  readonly bar: Rgba;
  readonly point: Rgba;
  /** By series code, repeated when there are more series. */
  readonly series: readonly Rgba[];
  /** `LUT_LENGTH` colours from few to many, 8 bits a channel, red lowest. */
  readonly density: Uint32Array<ArrayBuffer>;
}

/** Names of the CSS variables of line colours, in order. */
export const SERIES_VARIABLES = Array.from({ length: 8 }, (_, index) => `--pika-plot-series-${index + 1}`);
const CHANNEL_MAX = 255;
const UNKNOWN_COLOR: Rgba = [0.5, 0.5, 0.5, 1];
const OPAQUE = 0xff000000;

/** Reads the theme's colours as they apply to `element`. */
export function readPlotColors(element: Element): PlotColors {
  const style = getComputedStyle(element);
  const numberOf = (name: string, otherwise: number) => Number.parseFloat(style.getPropertyValue(name)) || otherwise;
  const [bar, point, ...series] = resolveColors(element, ['--pika-plot-bar', '--pika-plot-point', ...SERIES_VARIABLES]);
  const [red, green, blue] = point ?? UNKNOWN_COLOR;
  return {
    bar: bar ?? UNKNOWN_COLOR,
    point: [red, green, blue, numberOf('--pika-plot-point-opacity', 1)],
    series,
    density: densityColors(numberOf('--pika-plot-density-from', 0), numberOf('--pika-plot-density-to', 1)),
  };
}

/** Viridis between two positions of its scale, packed for the GPU and for canvas image data alike. */
export function densityColors(from: number, to: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: LUT_LENGTH }, (_, level) => {
    const hex = interpolateViridis(from + ((to - from) * level) / (LUT_LENGTH - 1));
    const [red, green, blue] = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
    return ((red ?? 0) | ((green ?? 0) << 8) | ((blue ?? 0) << 16) | OPAQUE) >>> 0;
  });
}

/** A colour as CSS text. */
export function cssColor([red, green, blue, alpha]: Rgba): string {
  const channel = (value: number) => Math.round(value * CHANNEL_MAX);
  return `rgb(${channel(red)} ${channel(green)} ${channel(blue)} / ${alpha})`;
}

/** A packed colour of `densityColors` as CSS text. */
export function cssFromPacked(packed: number): string {
  return `rgb(${packed & CHANNEL_MAX} ${(packed >>> 8) & CHANNEL_MAX} ${(packed >>> 16) & CHANNEL_MAX})`;
}

/** A packed colour of `densityColors`, 0 to 1 a channel. */
export function rgbaFromPacked(packed: number): Rgba {
  const channel = (shift: number) => ((packed >>> shift) & CHANNEL_MAX) / CHANNEL_MAX;
  return [channel(0), channel(8), channel(16), 1];
}

/** Resolves colour variables, whatever CSS form they have, by painting one pixel with each. */
function resolveColors(element: Element, variables: readonly string[]): readonly Rgba[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!context) return [];
  const probe = document.createElement('span');
  element.append(probe);
  const colors = variables.map((variable): Rgba => {
    probe.style.color = `var(${variable})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red / CHANNEL_MAX, green / CHANNEL_MAX, blue / CHANNEL_MAX, 1];
  });
  probe.remove();
  return colors;
}
