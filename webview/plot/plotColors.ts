import { interpolateViridis } from 'd3-scale-chromatic';
import { LUT_LENGTH } from '../gpu/passes/drawDensity.ts';
import type { Rgba } from '../gpu/passes/drawPass.ts';

/** The colours of a plot under the current theme. */
export interface PlotColors {
  readonly bar: Rgba;
  readonly point: Rgba;
  /** By series code: the theme's colours, then their darker and their lighter shades; repeated when there are more series. */
  readonly series: readonly Rgba[];
  /** `LUT_LENGTH` colours from few to many, 8 bits a channel, red lowest. */
  readonly density: Uint32Array<ArrayBuffer>;
  /** The part of a scale of colours that stands out from the theme's background. */
  readonly densityRange: readonly [from: number, to: number];
}

/** Names of the CSS variables of line colours, in order. */
const SERIES_VARIABLES = Array.from({ length: 8 }, (_, index) => `--pika-plot-series-${index + 1}`);
const CHANNEL_MAX = 255;
const DARKER_SHARE = 0.4;
const LIGHTER_SHARE = 0.5;
const UNKNOWN_COLOR: Rgba = [0.5, 0.5, 0.5, 1];
const OPAQUE = 0xff000000;

/** Reads the theme's colours as they apply to `element`. */
export function readPlotColors(element: Element): PlotColors {
  const style = getComputedStyle(element);
  const numberOf = (name: string, otherwise: number) => Number.parseFloat(style.getPropertyValue(name)) || otherwise;
  const [bar, point, ...series] = resolveColors(element, ['--pika-plot-bar', '--pika-plot-point', ...SERIES_VARIABLES]);
  const [red, green, blue] = point ?? UNKNOWN_COLOR;
  const densityRange = [numberOf('--pika-plot-density-from', 0), numberOf('--pika-plot-density-to', 1)] as const;
  return {
    bar: opaque(bar ?? UNKNOWN_COLOR),
    point: [red, green, blue, numberOf('--pika-plot-point-opacity', 1)],
    series: withShades(series.map(opaque)),
    density: densityColors(...densityRange),
    densityRange,
  };
}

/** Colours with a darker and a lighter shade of each, so that three times as many series have one of their own. */
export function withShades(colors: readonly Rgba[]): readonly Rgba[] {
  return [0, -DARKER_SHARE, LIGHTER_SHARE].flatMap((share) => colors.map((color) => shaded(color, share)));
}

/** A colour on its way to white, or to black where `share` is below zero. */
function shaded([red, green, blue, alpha]: Rgba, share: number): Rgba {
  const end = share > 0 ? 1 : 0;
  const channel = (value: number) => value + (end - value) * Math.abs(share);
  return [channel(red), channel(green), channel(blue), alpha];
}

/** A scale of colours between two of its positions, packed for the GPU and for canvas image data alike. */
export function densityColors(
  from: number,
  to: number,
  interpolate: (share: number) => string = interpolateViridis,
): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: LUT_LENGTH }, (_, level) => {
    const [red, green, blue] = channelsOf(interpolate(from + ((to - from) * level) / (LUT_LENGTH - 1)));
    return ((red ?? 0) | ((green ?? 0) << 8) | ((blue ?? 0) << 16) | OPAQUE) >>> 0;
  });
}

/** Red, green and blue of `#rrggbb` or `rgb(r, g, b)`: the forms that d3 writes. */
function channelsOf(css: string): readonly number[] {
  if (css.startsWith('#')) return [1, 3, 5].map((start) => Number.parseInt(css.slice(start, start + 2), 16));
  return (css.match(/\d+/g) ?? []).map(Number);
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

/** Marks hide what lies below them, whatever a theme says. */
function opaque([red, green, blue]: Rgba): Rgba {
  return [red, green, blue, 1];
}

/** Resolves colour variables, whatever CSS form they have, by painting one pixel with each. */
export function resolveColors(element: Element, variables: readonly string[]): readonly Rgba[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!context) return [];
  const probe = document.createElement('span');
  element.append(probe);
  const colors = variables.map((variable): Rgba => {
    probe.style.color = `var(${variable})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.clearRect(0, 0, 1, 1);
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red / CHANNEL_MAX, green / CHANNEL_MAX, blue / CHANNEL_MAX, alpha / CHANNEL_MAX];
  });
  probe.remove();
  return colors;
}
