import type { PlotHeader } from './plotData.ts';

/** Kinds of picture files. */
export type PictureFormat = 'png' | 'svg';

/** Whose colours a picture has: of the theme that is in use, or of a light sheet of paper. */
export type PicturePalette = 'theme' | 'paper';

/** What a picture looks like. */
export interface PictureLook {
  /** CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels of the image per CSS pixel, 1 to 4; of an SVG those of its raster layer. */
  readonly scale: number;
  readonly palette: PicturePalette;
  readonly hasBackground: boolean;
}

/** A plot to be drawn as a picture. */
export interface PictureRequest extends PictureLook {
  readonly nodeId: string;
  /** Planned for the picture's size; its batches are pulled with `nextPlotBatch`. */
  readonly header: PlotHeader;
  /** The title that the user gave the plot, drawn above it; null for none. */
  readonly title: string | null;
}

/** The widest and highest picture, in pixels of the image: what canvases of every browser hold. */
export const MOST_PICTURE_PX = 8192;
