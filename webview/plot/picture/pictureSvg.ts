import { insidePx, type AxesView } from '../axes/axesView.ts';
import { fitText } from '../axes/textWidth.ts';
import type { Rgba } from '../../gpu/passes/drawPass.ts';
import type { ColorLegend } from '../legend.ts';
import type { PictureColors } from './pictureColors.ts';
import type { PictureFrame, PlacedEntry } from './pictureFrame.ts';
import { escapeXml, svgElement } from './svgText.ts';
import { filled, stroked } from './vectorMarks.ts';

/** What a picture is put together from. */
export interface PictureParts {
  readonly frame: PictureFrame;
  /** Null where nothing can be drawn. */
  readonly axes: AxesView | null;
  readonly legend: ColorLegend | null;
  readonly colors: PictureColors;
  readonly hasBackground: boolean;
  /** What is not in the picture; empty when all is. */
  readonly caption: string;
  /** Stands in the middle of a plot that has nothing to draw. */
  readonly emptyText: string | null;
  /** The whole in words, for those who do not see it. */
  readonly description: string;
  /** The marks from the top left of the plot: elements, or the data URL of an image. */
  readonly marks: { readonly svg: string } | { readonly image: string };
}

/** Fonts that every system has one of. */
const PICTURE_FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
const LABEL_PX = 11;
const TITLE_FONT_PX = 15;
/** Programs disagree about other baselines than the alphabetic one. */
const MIDDLE_PX = 4;
const TICK_PX = 4;
const DETAIL_BASELINE_PX = 30;
const TITLE_INSET_PX = 13;
const DOT_RADIUS_PX = 4;
const MARGIN_PX = 14;

/** A plot as an SVG file that needs nothing from elsewhere: no style sheet, no font, no variable. */
export function pictureSvg(parts: PictureParts): string {
  const { frame, colors } = parts;
  const { widthPx, heightPx, offsetPx } = frame;
  const body = [
    `<title>${escapeXml(frame.title ?? parts.axes?.yTitle ?? 'Plot')}</title><desc>${escapeXml(parts.description)}</desc>`,
    parts.hasBackground ? svgElement('rect', { width: widthPx, height: heightPx, ...filled(colors.background) }) : '',
    frame.title === null ? '' : titleElement(parts, frame.title),
    svgElement('g', { transform: offsetPx > 0 ? `translate(0 ${offsetPx})` : undefined }, plotElements(parts)),
    ...frame.entries.map((entry) => legendEntry(parts, entry)),
  ];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: widthPx,
    height: heightPx,
    viewBox: `0 0 ${widthPx} ${heightPx}`,
    'font-family': PICTURE_FONT,
    'font-size': LABEL_PX,
  };
  return svgElement('svg', attributes, body.join(''));
}

function titleElement({ frame, colors }: PictureParts, title: string): string {
  const text = fitText(title, frame.widthPx - 2 * MARGIN_PX, TITLE_FONT_PX);
  const place = { x: MARGIN_PX, y: 20, 'font-size': TITLE_FONT_PX, 'font-weight': 600 };
  return svgElement('text', { ...place, ...filled(colors.strong) }, escapeXml(text));
}

function plotElements(parts: PictureParts): string {
  if (parts.emptyText !== null) return emptyElement(parts, parts.emptyText);
  return [axesElements(parts), legendElements(parts), marksElement(parts), captionElement(parts)].join('');
}

function emptyElement({ frame, colors }: PictureParts, text: string): string {
  const { widthPx, heightPx } = frame.plot;
  return label(colors.label, text, { x: widthPx / 2, y: heightPx / 2, 'text-anchor': 'middle' });
}

function label(color: Rgba, text: string, place: Parameters<typeof svgElement>[1]): string {
  return text === '' ? '' : svgElement('text', { ...place, ...filled(color) }, escapeXml(text));
}

function axesElements({ frame: { plot: frame }, axes, colors }: PictureParts): string {
  if (!axes) return '';
  const { left, top, width, height } = frame.plot;
  const [right, bottom] = [left + width, top + height];
  const crisp = (pixel: number) => Math.round(pixel) + 0.5;
  const grid = (axes.hasGrid ? axes.y : []).map(({ pixel }) => `M${left} ${crisp(pixel)}H${right}`).join('');
  const ticks = axes.x.map(({ pixel }) => `M${crisp(pixel)} ${bottom}v${TICK_PX}`).join('');
  const lines = `M${crisp(left)} ${top}V${crisp(bottom)}H${right}${ticks}`;
  const isTurned = frame.categoryAngle !== 0;
  const xLabels = axes.x.map(({ pixel, label: text }) => {
    const y = bottom + (isTurned ? 12 : 17);
    const transform = isTurned ? `rotate(${frame.categoryAngle} ${pixel} ${y})` : undefined;
    const x = isTurned ? pixel : insidePx(text, pixel, frame.widthPx);
    return label(colors.label, text, { x, y, transform, 'text-anchor': isTurned ? 'end' : 'middle' });
  });
  const details = axes.x.map(({ pixel, detail = '' }) =>
    label(colors.label, detail, {
      x: insidePx(detail, pixel, frame.widthPx),
      y: bottom + DETAIL_BASELINE_PX,
      'text-anchor': 'middle',
    }),
  );
  const yLabels = axes.y.map(({ pixel, label: text }) =>
    label(colors.label, text, { x: left - 7, y: pixel + MIDDLE_PX, 'text-anchor': 'end' }),
  );
  return [
    grid === '' ? '' : svgElement('path', { d: grid, fill: 'none', ...stroked(colors.grid) }),
    svgElement('path', { d: lines, fill: 'none', ...stroked(colors.axis) }),
    ...xLabels,
    ...details,
    ...yLabels,
    ...(frame.hasTitles ? titleElements(frame, axes, colors) : []),
  ].join('');
}

function titleElements(
  { plot, titleBaselinePx }: PictureParts['frame']['plot'],
  { xTitle, yTitle }: AxesView,
  { label: color }: PictureColors,
): readonly string[] {
  const anchor = { 'text-anchor': 'middle' };
  const transform = `translate(${TITLE_INSET_PX} ${plot.top + plot.height / 2}) rotate(-90)`;
  return [
    label(color, xTitle, { x: plot.left + plot.width / 2, y: titleBaselinePx, ...anchor }),
    label(color, yTitle, { transform, ...anchor }),
  ];
}

function legendElements({ legend, colors }: PictureParts): string {
  if (!legend) return '';
  const { bar, stops, ticks, titlePlace } = legend;
  const gradient = svgElement(
    'linearGradient',
    { id: 'scale', x1: 0, y1: 1, x2: 0, y2: 0 },
    stops.map(({ offset, color }) => svgElement('stop', { offset, 'stop-color': color })).join(''),
  );
  const labels = ticks.map(({ pixel, label: text }) =>
    label(colors.label, text, { x: bar.left + bar.width + 6, y: pixel + MIDDLE_PX }),
  );
  const title = label(colors.label, legend.title, {
    transform: `translate(${titlePlace.left} ${titlePlace.top}) rotate(-90)`,
    'text-anchor': 'middle',
  });
  const place = { x: bar.left, y: bar.top, width: bar.width, height: bar.height };
  return [gradient, svgElement('rect', { ...place, rx: 1, fill: 'url(#scale)' }), ...labels, title].join('');
}

function marksElement({ frame, marks }: PictureParts): string {
  const { left, top, width, height } = frame.plot.plot;
  if ('image' in marks) return svgElement('image', { x: left, y: top, width, height, href: marks.image });
  // An inner drawing cuts what reaches over its edges.
  return svgElement('svg', { x: left, y: top, width, height, overflow: 'hidden' }, marks.svg);
}

function captionElement({ frame: { plot }, caption, colors }: PictureParts): string {
  const place = { x: plot.widthPx - MARGIN_PX, y: plot.heightPx - 6, 'text-anchor': 'end' };
  return label(colors.label, caption, place);
}

function legendEntry({ colors }: PictureParts, { name, series, left, baseline }: PlacedEntry): string {
  const color = colors.plot.series[series % colors.plot.series.length] ?? colors.plot.bar;
  const dot = svgElement('circle', {
    cx: left + DOT_RADIUS_PX,
    cy: baseline - DOT_RADIUS_PX,
    r: DOT_RADIUS_PX,
    ...filled(color),
  });
  const text = label(colors.label, name, { x: left + (series < 0 ? 0 : 3 * DOT_RADIUS_PX + 1), y: baseline });
  return `${series < 0 ? '' : dot}${text}`;
}
