import { PikaError } from '#common/base/pikaError';
import type { DetailQuestion } from '#common/plot/detailQuestion';
import type { PictureRequest } from '#common/plot/picture';
import type { ReadDetail } from '../plot/plotDataSource.ts';
import { FRESH_LOOK, type PlotLook } from '../plot/plotLook.ts';
import { drawPng, drawSvg, type PicturePlot } from '../plot/picture/drawPicture.ts';

const HINT = 'Click the plot and try again, or export it as a PNG file.';

/** What pictures are drawn from. */
export interface PictureRows {
  /** The next batch of a stream; null at its end. */
  pull(streamId: string): Promise<Uint8Array | null>;
  /** A part of an aggregated plot in more detail; null where there is none. */
  readDetail(nodeId: string, streamId: string, question: DetailQuestion): Promise<Uint8Array | null>;
}

/** Draws plots as pictures for the extension: as they are shown on this page, at any size. */
export class Pictures {
  readonly #looks = new Map<string, PlotLook>();

  /** Takes note of how a plot is shown; null once it is not shown any more. */
  keepLook(nodeId: string, look: PlotLook | null): void {
    if (look) this.#looks.set(nodeId, look);
    else this.#looks.delete(nodeId);
  }

  /** The bytes of an SVG file. */
  async drawSvg(rows: PictureRows, request: PictureRequest, signal: AbortSignal): Promise<Uint8Array> {
    return new TextEncoder().encode(await drawSvg(this.#plotOf(rows, request), request, signal));
  }

  /** The bytes of a PNG file. */
  async drawPng(rows: PictureRows, request: PictureRequest, signal: AbortSignal): Promise<Uint8Array> {
    const blob = await drawPng(this.#plotOf(rows, request), request, signal);
    return new Uint8Array(await blob.arrayBuffer());
  }

  /** Puts a PNG image on the clipboard. */
  async copyPng(rows: PictureRows, request: PictureRequest, signal: AbortSignal): Promise<void> {
    window.focus();
    const image = drawPng(this.#plotOf(rows, request), request, signal);
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
    } catch (cause) {
      // A picture that could not be drawn says why itself.
      await image;
      throw new PikaError('export-failed', 'The clipboard took no image.', { hint: HINT }, { cause });
    }
  }

  #plotOf(rows: PictureRows, { nodeId, header, title }: PictureRequest): PicturePlot {
    const { streamId } = header;
    const source = { next: () => rows.pull(streamId) };
    const readDetail: ReadDetail = (question) => rows.readDetail(nodeId, streamId, question);
    return { header, source, readDetail, title, look: this.#looks.get(nodeId) ?? FRESH_LOOK };
  }
}
