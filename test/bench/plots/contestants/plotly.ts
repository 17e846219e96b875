import Plotly from 'plotly.js-dist-min';
import { rangeOf, type BenchData } from '../benchData.ts';
import { contestant, PICTURE, type ShownShare } from '../contestant.ts';

export const plotly = contestant({
  prepare: (data: BenchData) => ({ ...data, range: rangeOf(data.x) }),
  async mount(host, { kind, x, y, range: [low, high] }) {
    const mode = kind === 'scatter' ? 'markers' : 'lines';
    const trace = { type: 'scattergl', mode, x, y, marker: { size: 1 } } as const;
    const layout = {
      width: PICTURE.widthPx,
      height: PICTURE.heightPx,
      xaxis: { range: [low, high] as [number, number] },
    };
    await Plotly.newPlot(host, [trace], layout, { staticPlot: true });
    const show = async ({ from, to }: ShownShare) => {
      await Plotly.relayout(host, {
        xaxis: { range: [low + from * (high - low), low + to * (high - low)] as [number, number] },
      });
    };
    return { show };
  },
});
