import type { PicturePalette } from '#common/plot/picture';
import type { Rgba } from '../../gpu/passes/drawPass.ts';
import { readPlotColors, resolveColors, type PlotColors } from '../plotColors.ts';

/** All colours of a picture that stands outside of VS Code, none of them a CSS variable any more. */
export interface PictureColors {
  readonly plot: PlotColors;
  readonly background: Rgba;
  readonly axis: Rgba;
  readonly grid: Rgba;
  readonly label: Rgba;
  readonly strong: Rgba;
}

const VARIABLES = [
  '--pika-plot-background',
  '--pika-plot-axis',
  '--pika-plot-grid',
  '--pika-plot-label',
  '--pika-plot-strong',
];
const BLACK: Rgba = [0, 0, 0, 1];
const WHITE: Rgba = [1, 1, 1, 1];

/** Reads the colours of the theme, or of paper: see `plotTheme.css`. */
export function readPictureColors(palette: PicturePalette): PictureColors {
  const probe = document.createElement('div');
  probe.className = palette === 'paper' ? 'pika-paper' : '';
  document.body.append(probe);
  try {
    const [background, axis, grid, label, strong] = resolveColors(probe, VARIABLES);
    return {
      plot: readPlotColors(probe),
      background: background ?? WHITE,
      axis: axis ?? BLACK,
      grid: grid ?? BLACK,
      label: label ?? BLACK,
      strong: strong ?? BLACK,
    };
  } finally {
    probe.remove();
  }
}
