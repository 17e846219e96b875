import { PikaError } from '#common/base/pikaError';
import { Scope } from '#common/base/scope';
import { MOST_PICTURE_PX, type PictureLook } from '#common/plot/picture';
import type { PlotHeader } from '#common/plot/plotData';
import { CountClient } from '../../gpu/cpu/countClient.ts';
import { axesView } from '../axes/axesView.ts';
import { CpuRenderer } from '../cpuRenderer.ts';
import { readDetail } from '../detail/readDetail.ts';
import { rowsWith } from '../detail/rowsWith.ts';
import { wantedDetail } from '../detail/wantedDetail.ts';
import { legendOf } from '../legend.ts';
import { readPlotBatch, type PlotBatch } from '../plotBatch.ts';
import { pullBatches, type PlotDataSource, type ReadDetail } from '../plotDataSource.ts';
import { colorsOfSeries, headerOfSeries, type PlotLook } from '../plotLook.ts';
import { discShare, marksInView, planPlot } from '../plotPlan.ts';
import { plotScene } from '../plotScene.ts';
import { captionOf, emptyText, plotSummary } from '../plotText.ts';
import { colorsOfScheme } from '../schemeColors.ts';
import { shownPart } from '../view/shownPart.ts';
import { readPictureColors } from './pictureColors.ts';
import { pictureFrame } from './pictureFrame.ts';
import { pictureSvg } from './pictureSvg.ts';
import { vectorMarks } from './vectorMarks.ts';

/** A plot to draw, and how. */
export interface PicturePlot {
  readonly header: PlotHeader;
  readonly source: PlotDataSource;
  readonly title: string | null;
  readonly look: PlotLook;
  /** Reads a part of an aggregated plot in more detail. */
  readonly readDetail?: ReadDetail;
}

/**
 * Draws a plot as SVG text, at its own size and off the screen: axes and names as vectors, the marks too where they are
 * few, and otherwise as an image of `scale` pixels per CSS pixel. Of a line with too many rows those stay that keep its look.
 * @throws PikaError `cancelled` when the signal aborts.
 */
export async function drawSvg(plot: PicturePlot, look: PictureLook, signal: AbortSignal): Promise<string> {
  return svgOf(plot, look, true, signal);
}

/** @param thinsLines Whether long lines become vectors that keep their look, or an image in which no row is lost. */
async function svgOf(plot: PicturePlot, look: PictureLook, thinsLines: boolean, signal: AbortSignal): Promise<string> {
  const { header, title } = plot;
  const colors = readPictureColors(look.palette);
  const frame = pictureFrame(header, look, title);
  const { window, isolated } = plot.look;
  const wanted = wantedDetail(header, frame.plot, window, look.scale);
  const detail = wanted && plot.readDetail ? await readDetail(header, wanted, plot.readDetail) : null;
  const part = shownPart(header, frame.plot, window, detail);
  const shown = headerOfSeries(header, isolated);
  const plotColors = colorsOfSeries(header, colorsOfScheme(colors.plot, header.scheme), isolated);
  const sceneAt = (pixelRatio: number) => plotScene(shown, frame.plot, pixelRatio, plotColors, part);
  const isEmpty = header.drawableCount === 0;
  const scope = new Scope();
  try {
    const plan = planPlot(header);
    const canvas = document.createElement('canvas');
    const renderer = scope.own(new CpuRenderer({ canvas, client: scope.own(new CountClient()) }, plan));
    const whole: PlotBatch[] = [];
    for await (const ipc of pullBatches(plot.source, signal)) whole.push(readPlotBatch(ipc));
    const join = detail && rowsWith(header, detail);
    const batches = join ? [join(whole)] : whole;
    for (const batch of batches) renderer.append(batch);
    if (signal.aborted) throw new PikaError('cancelled', 'The picture was cancelled.');
    if (!isEmpty) await renderer.draw(sceneAt(look.scale));
    const counts = await renderer.readCounts();
    const marks = marksInView(plan, part, counts.countedRows);
    const discs = discShare(plan, part, counts.countedRows);
    const isMixed = discs > 0 && discs < 1;
    const vectors = isEmpty
      ? ''
      : isMixed
        ? null
        : vectorMarks({ scene: sceneAt(1), marks, counts, batches: part.points ? [part.points] : batches, thinsLines });
    return pictureSvg({
      frame,
      axes: isEmpty ? null : axesView(header, frame.plot, counts.maximum, window),
      legend: isEmpty ? null : legendOf(header, frame.plot, { ...counts, marks }, plotColors.density),
      colors: { ...colors, plot: plotColors },
      hasBackground: look.hasBackground,
      caption: captionOf(header),
      emptyText: isEmpty ? emptyText(header).title : null,
      description: plotSummary(header, counts),
      marks: vectors === null ? { image: canvas.toDataURL('image/png') } : { svg: vectors },
    });
  } finally {
    scope.dispose();
  }
}

/** Draws a plot as a PNG image. */
export async function drawPng(plot: PicturePlot, look: PictureLook, signal: AbortSignal): Promise<Blob> {
  const widthPx = Math.round(look.widthPx * look.scale);
  const heightPx = Math.round(look.heightPx * look.scale);
  if (Math.max(widthPx, heightPx) > MOST_PICTURE_PX) {
    throw new PikaError('plot-impossible', `A picture of ${widthPx} × ${heightPx} pixels is too large.`, {
      hint: `Choose at most ${MOST_PICTURE_PX} pixels along a side.`,
    });
  }
  const svg = await svgOf(plot, look, false, signal);
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = widthPx;
    canvas.height = heightPx;
    canvas.getContext('2d')?.drawImage(image, 0, 0, widthPx, heightPx);
    return await blobOf(canvas);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new PikaError('plot-impossible', 'The browser could not make an image of this size.'));
    }, 'image/png');
  });
}
