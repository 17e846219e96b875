import type { BenchData } from './benchData.ts';

/** Size of every picture in CSS pixels, at one device pixel each. */
export const PICTURE = { widthPx: 1024, heightPx: 600 };

/** The part of the x axis that is shown, as shares of its length. */
export interface ShownShare {
  readonly from: number;
  readonly to: number;
}

/** A plot that is on the screen. */
export interface MountedPlot {
  /** Shows another part; resolves when what the contestant does by itself is done, the browser's frame not included. */
  show(share: ShownShare): Promise<void>;
}

/** A library that takes part, on a host element of the size of `PICTURE`. */
export interface Contestant {
  /** What has to be done to the values before they can be drawn, outside of the measured time. */
  prepare(data: BenchData): unknown;
  /** The first picture of what `prepare` gave. */
  mount(host: HTMLElement, prepared: unknown): Promise<MountedPlot>;
}

/** A contestant whose values are typed; the page treats all alike. */
export function contestant<T>(parts: {
  prepare(data: BenchData): T;
  mount(host: HTMLElement, prepared: T): Promise<MountedPlot>;
}): Contestant {
  // What `mount` gets is what `prepare` of the same contestant gave.
  return { prepare: parts.prepare, mount: (host, prepared) => parts.mount(host, prepared as T) };
}

/** A canvas that fills the host. */
export function canvasIn(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = PICTURE.widthPx;
  canvas.height = PICTURE.heightPx;
  host.append(canvas);
  return canvas;
}
