import { PikaError } from '#common/base/pikaError';
import type { PictureRequest } from '#common/plot/picture';
import { FRESH_LOOK, type PlotLook } from '../plot/plotLook.ts';
import { drawPng, drawSvg, type PicturePlot } from '../plot/picture/drawPicture.ts';

const HINT = 'Click the plot and try again, or export it as a PNG file.';

/** The next batch of a stream; null at its end. */
export type PullBatch = (streamId: string) => Promise<Uint8Array | null>;

/** Draws plots as pictures for the extension: as they are shown on this page, at any size. */
export class Pictures {
  readonly #looks = new Map<string, PlotLook>();

  /** Takes note of how a plot is shown; null once it is not shown any more. */
  keepLook(nodeId: string, look: PlotLook | null): void {
    if (look) this.#looks.set(nodeId, look);
    else this.#looks.delete(nodeId);
  }

  /** The bytes of an SVG file. */
  async drawSvg(pull: PullBatch, request: PictureRequest, signal: AbortSignal): Promise<Uint8Array> {
    return new TextEncoder().encode(await drawSvg(this.#plotOf(pull, request), request, signal));
  }

  /** The bytes of a PNG file. */
  async drawPng(pull: PullBatch, request: PictureRequest, signal: AbortSignal): Promise<Uint8Array> {
    const blob = await drawPng(this.#plotOf(pull, request), request, signal);
    return new Uint8Array(await blob.arrayBuffer());
  }

  /** Puts a PNG image on the clipboard. */
  async copyPng(pull: PullBatch, request: PictureRequest, signal: AbortSignal): Promise<void> {
    window.focus();
    const image = drawPng(this.#plotOf(pull, request), request, signal);
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
    } catch (cause) {
      // A picture that could not be drawn says why itself.
      await image;
      throw new PikaError('export-failed', 'The clipboard took no image.', { hint: HINT }, { cause });
    }
  }

  #plotOf(pull: PullBatch, { nodeId, header, title }: PictureRequest): PicturePlot {
    const { streamId } = header;
    const source = { next: () => pull(streamId) };
    return { header, source, title, look: this.#looks.get(nodeId) ?? FRESH_LOOK };
  }
}
