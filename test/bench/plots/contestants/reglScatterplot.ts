import createScatterplot from 'regl-scatterplot';
import { rangeOf, type BenchData } from '../benchData.ts';
import { canvasIn, contestant, PICTURE, type ShownShare } from '../contestant.ts';

export const reglScatterplot = contestant({
  /** It draws what lies between -1 and 1. */
  prepare: ({ x, y }: BenchData) => ({ x: scaled(x), y: scaled(y) }),
  async mount(host, { x, y }) {
    const scatterplot = createScatterplot({
      canvas: canvasIn(host),
      width: PICTURE.widthPx,
      height: PICTURE.heightPx,
      performanceMode: true,
      pointSize: 1,
    });
    await scatterplot.draw({ x, y });
    const show = ({ from, to }: ShownShare) =>
      scatterplot.zoomToArea(
        { x: 2 * from - 1, y: from - to, width: 2 * (to - from), height: 2 * (to - from) },
        { transition: false },
      );
    return { show };
  },
});

function scaled(values: Float32Array): number[] {
  const [low, high] = rangeOf(values);
  return Array.from(values, (value) => (2 * (value - low)) / (high - low) - 1);
}
