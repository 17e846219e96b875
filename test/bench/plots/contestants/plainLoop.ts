import { densityGrid } from '#common/plot/densityGrid';
import { coded, type BenchData } from '../benchData.ts';
import { canvasIn, contestant, PICTURE, type ShownShare } from '../contestant.ts';

const { widthPx, heightPx } = PICTURE;
const GRID = densityGrid(widthPx, heightPx);
const CODES = 2 ** 32;
const OPAQUE = 0xff000000;

/** What a careful programmer would write in an evening: one loop over the typed arrays on the page's own thread. */
export const plainLoop = contestant({
  prepare: (data: BenchData) => ({ kind: data.kind, x: coded('x', data.x).codes, y: coded('y', data.y).codes }),
  mount: (host, { kind, x, y }) => {
    const context = canvasIn(host).getContext('2d');
    if (!context) throw new Error('no canvas');
    const draw = kind === 'scatter' ? drawCells : drawExtremes;
    const show = (share: ShownShare) => {
      draw(context, x, y, share);
      return Promise.resolve();
    };
    void show({ from: 0, to: 1 });
    return Promise.resolve({ show });
  },
});

function drawCells(context: CanvasRenderingContext2D, x: Uint32Array, y: Uint32Array, { from, to }: ShownShare): void {
  const { columns, rows, shiftY } = GRID;
  const counts = new Uint32Array(columns * rows);
  const low = from * CODES;
  const cellsPerCode = columns / ((to - from) * CODES);
  let most = 1;
  for (let row = 0; row < x.length; row += 1) {
    const column = Math.floor(((x[row] as number) - low) * cellsPerCode);
    if (column < 0 || column >= columns) continue;
    const cell = ((y[row] as number) >>> shiftY) * columns + column;
    const count = (counts[cell] as number) + 1;
    counts[cell] = count;
    if (count > most) most = count;
  }
  const image = context.createImageData(widthPx, heightPx);
  const pixels = new Uint32Array(image.data.buffer);
  for (let top = 0; top < heightPx; top += 1) {
    const row = Math.floor(((heightPx - 1 - top) * rows) / heightPx);
    for (let left = 0; left < widthPx; left += 1) {
      const count = counts[row * columns + Math.floor((left * columns) / widthPx)] as number;
      if (count > 0)
        pixels[top * widthPx + left] = OPAQUE | (255 - Math.round((Math.log(count + 1) / Math.log(most + 1)) * 255));
    }
  }
  context.putImageData(image, 0, 0);
}

function drawExtremes(
  context: CanvasRenderingContext2D,
  x: Uint32Array,
  y: Uint32Array,
  { from, to }: ShownShare,
): void {
  const lowest = new Uint32Array(widthPx).fill(CODES - 1);
  const highest = new Uint32Array(widthPx);
  const low = from * CODES;
  const pixelsPerCode = widthPx / ((to - from) * CODES);
  for (let row = 0; row < x.length; row += 1) {
    const left = Math.floor(((x[row] as number) - low) * pixelsPerCode);
    if (left < 0 || left >= widthPx) continue;
    const code = y[row] as number;
    if (code < (lowest[left] as number)) lowest[left] = code;
    if (code > (highest[left] as number)) highest[left] = code;
  }
  context.clearRect(0, 0, widthPx, heightPx);
  context.beginPath();
  lowest.forEach((code, left) => {
    context.lineTo(left, heightPx * (1 - code / CODES));
    context.lineTo(left, heightPx * (1 - (highest[left] as number) / CODES));
  });
  context.stroke();
}
